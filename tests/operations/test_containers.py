"""docker-compose.yml, Dockerfile, nginx and .env.example: consistent with each other and with the settings."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.operations

SERVICES = {"nginx", "web", "worker", "indexer", "beat", "migrate", "postgres", "redis"}
READ = re.compile(r"""(?:env\.(?:text|flag|number)|environ(?:ment)?\.(?:get|setdefault|str))\(\s*["']([A-Z_]+)["']""")
# Read by other programs than the portal: docker-compose.yml itself, nginx' service, the health check, Django.
NOT_OURS = {"POSTGRES_PASSWORD", "NGINX_SITE", "HTTP_PORT", "HTTPS_PORT", "PORTAL_NODE"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
    return loaded


def names_read_by_the_portal() -> set[str]:
    names = {"SECRET_KEY"}
    for path in (PROJECT / "portal").rglob("*.py"):
        names |= set(READ.findall(path.read_text()))
    return names


def names_in_example() -> set[str]:
    text = (PROJECT / ".env.example").read_text()
    return set(re.findall(r"^(?:# )?([A-Z_]+)=", text, re.MULTILINE))


def test_services_are_the_expected_ones(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == SERVICES


def test_every_variable_in_compose_is_read(compose: dict[str, Any]) -> None:
    given = set(compose["x-portal"]["environment"])
    assert given - names_read_by_the_portal() == set()


def test_every_variable_in_the_example_is_read() -> None:
    assert names_in_example() - names_read_by_the_portal() - NOT_OURS == set()


def test_every_variable_that_compose_asks_for_is_in_the_example() -> None:
    asked = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", (PROJECT / "docker-compose.yml").read_text()))
    assert asked - names_in_example() == set()


def test_example_holds_no_secret() -> None:
    text = (PROJECT / ".env.example").read_text()
    assert re.findall(r"^(SECRET_KEY|POSTGRES_PASSWORD)=(.+)$", text, re.MULTILINE) == []


@pytest.mark.parametrize("name", sorted(SERVICES - {"migrate"}))
def test_service_has_a_health_check_and_restarts(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["healthcheck"]["test"]
    assert service["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["web", "worker", "indexer", "beat", "migrate", "nginx"])
def test_service_is_read_only_and_unprivileged(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "user" in service or service["image"] == compose["x-portal"]["image"]


def test_image_runs_as_somebody_else_than_root() -> None:
    users = re.findall(r"^USER (\S+)", (PROJECT / "Dockerfile").read_text(), re.MULTILINE)
    assert users
    assert users[-1] not in {"root", "0"}


def test_named_volumes_are_declared(compose: dict[str, Any]) -> None:
    used = {
        volume.split(":")[0]
        for service in compose["services"].values()
        for volume in service.get("volumes", [])
        if not volume.startswith(".")
    }
    assert used == set(compose["volumes"])


def test_only_nginx_is_reachable_from_outside(compose: dict[str, Any]) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["nginx"]


def test_one_indexer_reads_the_index_queue(compose: dict[str, Any]) -> None:
    queues = {
        name: service["command"][service["command"].index("-Q") + 1]
        for name, service in compose["services"].items()
        if "-Q" in service.get("command", [])
    }
    assert queues == {"worker": "celery", "indexer": "index"}
    assert "solo" in compose["services"]["indexer"]["command"]


def test_files_mounted_from_here_exist(compose: dict[str, Any]) -> None:
    mounts = [volume.split(":")[0] for volume in compose["services"]["nginx"]["volumes"] if volume.startswith("./")]
    paths = [re.sub(r"\$\{NGINX_SITE", "http", mount).split("/") for mount in mounts]
    assert all((PROJECT / "/".join(part for part in path if part != ".")).exists() for path in paths)


def test_media_location_agrees_with_nginx(compose: dict[str, Any]) -> None:
    location = compose["x-portal"]["environment"]["MEDIA_ACCEL"]
    block = re.search(
        rf"location {re.escape(location)} \{{(.*?)\}}", (PROJECT / "deploy/portal.conf").read_text(), re.DOTALL
    )
    assert block is not None
    assert "internal;" in block[1]
    assert f"alias {compose['x-portal']['environment']['MEDIA_ROOT']}/;" in block[1]


def test_security_headers_are_left_to_django() -> None:
    for path in (PROJECT / "deploy").rglob("*.conf"):
        assert "Strict-Transport-Security" not in path.read_text()
        # Except over files that nginx sends itself: of Django's headers it keeps the type, name and lifetime only.
        policies = [line.strip() for line in path.read_text().splitlines() if "Content-Security-Policy" in line]
        assert set(policies) <= {"add_header Content-Security-Policy \"default-src 'none'; sandbox\";"}


@pytest.mark.parametrize("site", ["http", "https"])
def test_nginx_accepts_the_configuration(site: str, tmp_path: Path) -> None:
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if not nginx:
        pytest.skip("nginx is not installed")
    for path in (PROJECT / "deploy").rglob("*.conf"):
        target = tmp_path / path.relative_to(PROJECT / "deploy")
        target.parent.mkdir(exist_ok=True)
        target.write_text(_for_this_machine(path.read_text(), tmp_path, site))
    if site == "https":
        _make_certificate(tmp_path / "https" / "tls")
    result = subprocess.run(
        [nginx, "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


def _for_this_machine(text: str, folder: Path, site: str) -> str:
    for there, here in {
        "/tmp/": f"{folder}/",  # first: the folder itself may stand under it
        "/etc/nginx/site/": f"{folder}/{site}/",
        "/etc/nginx/portal.conf": f"{folder}/portal.conf",
        "/var/cache/nginx": str(folder),
        "web:8000": "127.0.0.1:8000",
        "/dev/stderr": f"{folder}/error.log",
        "/dev/stdout": f"{folder}/access.log",
        # Debian 12's nginx is older than this spelling.
        "http2 on;": "",
    }.items():
        text = text.replace(there, here)
    return text


def _make_certificate(folder: Path) -> None:
    folder.mkdir(parents=True)
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=localhost",
        "-days",
        "1",
        *files,
    ]
    subprocess.run(command, check=True, capture_output=True)
