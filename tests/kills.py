"""Senders whose web process is killed at chosen moments: what was shown is there, what is there was shown.

``python -m tests.kills NUMBER SEED``, with the environment of the tests (tests/environment.py): a database of its own, the
cast in it, then people who each send a report with a picture under four of the NUMBER blows. Each time the web process is a
fork that is killed (SIGKILL), or loses its database connection, at a moment drawn by the seed: before or after any statement, commit, fsync or
rename of a step. The person does what people do, and repeats the step. At the end everything is looked at; the last line of
the output is the figures as JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from tests import environment  # noqa: F401 - sets the variables before the settings are read

STEPS = ("what", "announce", "piece", "text", "who", "read")
CUT_SHARE = 0.25
"""Of the blows, how many cut the database connection instead of killing the process."""
BLOWS_EACH = 4
"""Of one person, in different steps."""
PIECE = 64 * 1024


class Moments:
    """Counts what a step does to disk and database, and strikes at the chosen one."""

    def __init__(self, strike_at: int = 0, strike: Callable[[], None] | None = None) -> None:
        self.number, self.strike_at, self.strike = 0, strike_at, strike

    def pass_by(self) -> None:
        """One more moment."""
        self.number += 1
        if self.strike is not None and self.number == self.strike_at:
            self.strike()

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same call, with a moment before and one after it."""

        def watched(*args: Any, **kwargs: Any) -> Any:
            self.pass_by()
            result = call(*args, **kwargs)
            self.pass_by()
            return result

        return watched

    def watch(self) -> None:
        """Stand beside every statement, commit, fsync and rename of this process."""
        from django.db import connection

        def beside(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
            return self.around(execute)(sql, params, many, context)

        connection.execute_wrappers.append(beside)
        connection._commit = self.around(connection._commit)  # type: ignore[attr-defined]  # Django's own step
        os.fsync = self.around(os.fsync)
        Path.rename = self.around(Path.rename)  # type: ignore[method-assign]  # of this process only


def kill() -> None:
    """What kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)


def cut() -> None:
    """The connection is gone, as when the database server is restarted."""
    from django.db import connection

    if connection.connection is not None:
        connection.connection.close()


class Person:
    """One sender: what they hold in their hands after each step."""

    def __init__(self, house: Any, number: int, picture: bytes) -> None:
        self.house, self.number, self.picture = house, number, picture
        self.hands: dict[str, str] = {}
        self.done: list[str] = []

    @property
    def left(self) -> list[str]:
        """The steps still to be taken."""
        return [step for step in STEPS if step not in self.done]

    def walk(self, step: str) -> dict[str, str]:
        """Take one step in this process; what it puts into one's hands. Raises where the answer is no success."""
        from tests.factories.sending import Sender

        sender = Sender(self.house, f"10.{self.number // 60000}.{self.number // 240 % 250}.{self.number % 240 + 1}")
        taken: dict[str, str] = getattr(self, f"_{step}")(sender)
        return taken

    def _what(self, sender: Any) -> dict[str, str]:
        return {"second": sender.what()}

    def _announce(self, sender: Any) -> dict[str, str]:
        path = f"{self.hands['second'].removesuffix('2/')}tep/"
        data = {"size": str(len(self.picture)), "kind": "PICTURE", "mark": f"m{self.number}", "position": "0"}
        answer = sender.post(path, data)
        assert answer.status_code == 201, answer.content
        return {"file": answer.json()["url"]}

    def _piece(self, sender: Any) -> dict[str, str]:
        offset = int(self._head(sender).headers["Upload-Offset"])
        while offset < len(self.picture):
            piece = self.picture[offset : offset + PIECE]
            answer = sender.client.patch(
                self.hands["file"], piece, content_type="application/octet-stream",
                headers={"host": self.house.host, "upload-offset": str(offset)},
            )  # fmt: skip
            assert answer.status_code in {200, 409}, answer.content
            offset = int(answer.json()["offset"])
        return {}

    def _head(self, sender: Any) -> Any:
        answer = sender.client.head(self.hands["file"], headers={"host": self.house.host})
        assert answer.status_code == 200, answer.status_code
        return answer

    def _text(self, sender: Any) -> dict[str, str]:
        text = f"Nắp cống số {self.number} trước nhà bị vỡ, trẻ em đi học ngang qua rất nguy hiểm."
        return {"third": sender.text(self.hands["second"], text)}

    def _who(self, sender: Any) -> dict[str, str]:
        answer = sender.who(self.hands["third"], phone=f"09{self.number:08d}", name=f"Người thử {self.number}")
        assert answer.status_code == 302, answer.status_code
        return {"received": str(answer.headers["Location"])}

    def _read(self, sender: Any) -> dict[str, str]:
        import re

        page = sender.get(self.hands["received"]).content.decode()
        found = re.search(r'rgot__code">.*?<b>([0-9A-Z-]+)</b>', page, re.DOTALL)
        assert found, page[:400]
        return {"code": found.group(1).replace("-", "")}


def in_a_process_of_its_own(person: Person, steps: list[str], blow: tuple[str, int, bool] | None) -> bool:
    """Take steps in a fork; False when it did not come to the end. What was answered before stays in the person's hands."""
    from django.db import connections

    connections.close_all()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _live(person, steps, blow, writer)
    os.close(writer)
    with os.fdopen(reader) as answers:
        for line in answers:
            said = json.loads(line)
            person.done.append(said["step"])
            person.hands |= said["taken"]
    _pid, status = os.waitpid(child, 0)
    return status == 0


def _live(person: Person, steps: list[str], blow: tuple[str, int, bool] | None, writer: int) -> None:
    """The fork's whole life."""
    try:
        for step in steps:
            moments = Moments()
            if blow and blow[0] == step:
                moments = Moments(blow[1], cut if blow[2] else kill)
                moments.watch()
            taken = person.walk(step)
            person.hands |= taken
            # The answer has left the process: from here on the sender has seen it.
            os.write(writer, (json.dumps({"step": step, "taken": taken}) + "\n").encode())
    except Exception as error:  # noqa: BLE001 - the sender sees an error page, and tries again
        print(f"{person.number}: {type(error).__name__}: {str(error)[:200]}", file=sys.stderr)
        os._exit(3)
    os._exit(0)


def moments_of(person: Person) -> dict[str, int]:
    """How many moments each step has, from one person whom nobody strikes."""
    counted = {}
    for step in STEPS:
        reader, writer = os.pipe()
        from django.db import connections

        connections.close_all()
        child = os.fork()
        if child == 0:
            moments = Moments()
            moments.watch()
            taken = person.walk(step)
            os.write(writer, json.dumps({"number": moments.number, "taken": taken}).encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as answer:
            said = json.loads(answer.read())
        os.waitpid(child, 0)
        counted[step], person.hands = said["number"], {**person.hands, **said["taken"]}
        person.done.append(step)
    return counted


def send(person: Person, blows: list[tuple[str, int, bool]]) -> str:
    """Send with some blows, each in a process of its own, then as often as it takes; the code that was shown."""
    waiting = sorted(blows, key=lambda blow: STEPS.index(blow[0]))
    for _again in range(len(blows) + 4):
        if not person.left:
            break
        blow = next((one for one in waiting if one[0] in person.left), None)
        if blow is not None:
            waiting.remove(blow)
        in_a_process_of_its_own(person, person.left, blow)
    assert not person.left, f"{person.number} could not send: {person.left}"
    return person.hands["code"]


def complete(code: str, number: int) -> list[str]:
    """What is missing of a case whose code was shown."""
    from feedback.models import Case, CaseConsent, CaseEvent, CaseFile, CaseParty, CaseSender
    from portal.core import private_files
    from portal.core.sealing import unseal

    case = Case.objects.filter(code=code).first()
    if case is None:
        return [f"{code}: no case"]
    sender = CaseSender.objects.filter(case=case).first()
    files = list(CaseFile.objects.filter(case=case))
    facts = {
        "text": f"số {number} " in unseal(case.sealed_text),
        "sender": sender is not None and unseal(sender.sealed_phone) == f"09{number:08d}",
        "consents": CaseConsent.objects.filter(case=case).count() == 2,
        "event": CaseEvent.objects.filter(case=case).count() == 1,
        "party": CaseParty.objects.filter(case=case).exists(),
        "one file": len(files) == 1,
        "file on disk": all(private_files.path_of(file.private_path).exists() for file in files if file.private_path),
    }
    return [f"{code}: {name}" for name, is_there in facts.items() if not is_there]


def files_without_row() -> list[str]:
    """Names on the disk that no row vouches for."""
    from django.conf import settings

    from feedback.models import CaseFile, CaseUpload
    from portal.core import private_files

    known: set[str] = set()
    for upload in CaseUpload.objects.all():
        known |= {
            private_files.stem(name) for name in [upload.path, *map(str, (upload.prepared or {}).values())] if name
        }
    for file in CaseFile.objects.all():
        known |= {private_files.stem(name) for name in (file.raw_path, file.private_path, file.private_small) if name}
    root = Path(settings.PRIVATE_ROOT)
    names = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
    return [name for name in names if private_files.stem(name) not in known]


def _prepare() -> Any:
    """A migrated database and the cast in it."""
    from django.conf import settings
    from django.core.management import call_command

    from tests import migrated_once
    from tests.factories.cast import make_cast

    kept = migrated_once.folder() / f"{migrated_once.key()}.sqlite3"
    name = str(settings.DATABASES["default"]["NAME"])
    if kept.exists() and name.startswith("/"):
        shutil.copyfile(kept, name)
    call_command("migrate", verbosity=0)
    return make_cast()


def main(number: int, seed: int) -> int:  # noqa: PLR0915 - one story, told from top to bottom
    """Do it; 0 when nothing was lost and nothing was too much."""
    import django
    import time_machine

    django.setup()
    from django.conf import settings

    # As pytest does: an error is answered with the page that people see.
    settings.DEBUG = False
    from tests.factories.cast import NOW

    with time_machine.travel(NOW, tick=True):
        cast = _prepare()
    from portal.core.tenancy import unit_scope
    from tests.factories.pictures import png_bytes

    chance, picture = Random(seed), png_bytes((90, 60, 30))
    shown: dict[str, int] = {}
    struck: Counter[str] = Counter()
    first = Person(cast.a, 0, picture)
    moments = moments_of(first)
    shown[first.hands["code"]] = 0
    for turn in range(1, number // BLOWS_EACH + 1):
        steps = chance.sample(STEPS, BLOWS_EACH)
        blows = [(step, chance.randint(1, moments[step]), chance.random() < CUT_SHARE) for step in steps]
        # Twenty an hour, so that the unit's own limits are not what stops them.
        hour = NOW.replace(hour=8).timestamp() + 3600 * (turn // 20)
        with time_machine.travel(hour, tick=True):
            code = send(Person(cast.a, turn, picture), blows)
        assert code not in shown, f"{code} was shown to two"
        shown[code] = turn
        struck.update(f"{step} (connection)" if is_cut else step for step, _at, is_cut in blows)
    with unit_scope(cast.a.unit):
        from feedback.models import Case

        there = set(Case.objects.values_list("code", flat=True))
        missing = [words for code, turn in shown.items() for words in complete(code, turn)]
        stray = files_without_row()
    figures = {
        "blows": struck.total(), "shown": len(shown), "cases": len(there), "never shown": sorted(there - set(shown)),
        "missing": missing, "files without a row": stray, "moments": moments, "struck": dict(struck),
    }  # fmt: skip
    print(json.dumps(figures, ensure_ascii=False))
    return int(bool(missing or stray or there != set(shown)))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
