// Looks for the number of an altcha challenge (protocol 2, PBKDF2) away from the page, so that typing stays smooth.

function bytes(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function derived(parameters, password) {
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(parameters.salt), iterations: parameters.cost };
  return hex(await crypto.subtle.deriveBits(how, key, parameters.keyLength * 8));
}

async function solve(challenge, limit) {
  const { nonce, keyPrefix } = challenge.parameters;
  const start = performance.now();
  const password = new Uint8Array(nonce.length / 2 + 4);
  password.set(bytes(nonce));
  const view = new DataView(password.buffer);
  for (let counter = 0; counter <= limit; counter += 1) {
    view.setUint32(nonce.length / 2, counter);
    const key = await derived(challenge.parameters, password);
    if (key.startsWith(keyPrefix)) {
      return { counter, derivedKey: key, time: Math.round(performance.now() - start) };
    }
    if (counter % 10 === 0) postMessage({ tried: counter });
  }
  throw new Error("no solution");
}

addEventListener("message", async ({ data }) => {
  try {
    const solution = await solve(data.challenge, data.limit);
    postMessage({ payload: btoa(JSON.stringify({ challenge: data.challenge, solution })) });
  } catch (error) {
    postMessage({ failed: String(error) });
  }
});
