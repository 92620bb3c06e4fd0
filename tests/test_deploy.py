"""What is deployed agrees with the program: settings that exist, files that exist, nothing that may be written."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # its types are another package

from settings import Settings
from tests.test_architecture import ROOT

DEPLOY = ROOT / "deploy"
MODEL_SERVERS = ("ollama", "llamacpp", "vllm")


@pytest.fixture
def services() -> dict[str, Any]:
    composed = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return dict(composed["services"])


def instructions(name: str) -> list[list[str]]:
    """The instructions of the Dockerfile of that name, without comments, each as its words."""
    lines = [line for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    joined = "\n".join(lines).replace("\\\n", " ").splitlines()
    return [line.split()[1:] for line in joined if line.split()[:1] == [name]]


def variables(file: Path) -> dict[str, str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and line[0] != "#")


@pytest.mark.parametrize("file", ["Dockerfile", "compose.yaml", *(f"deploy/{path.name}" for path in DEPLOY.iterdir())])
def test_every_variable_is_a_setting(file: str) -> None:
    named = set(re.findall(r"SANAD_([A-Z_]+)", (ROOT / file).read_text(encoding="utf-8")))
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_the_service_may_write_its_data_and_nothing_else(services: dict[str, Any]) -> None:
    sanad = services["sanad"]
    assert (sanad["read_only"], sanad["cap_drop"]) == (True, ["ALL"])
    assert sanad["security_opt"] == ["no-new-privileges:true"]
    assert sanad["volumes"] == ["data:/data"]
    assert [place.split(":")[0] for place in sanad["tmpfs"]] == ["/tmp"]
    assert all(port.startswith("127.0.0.1:") for port in sanad["ports"])
    assert "profiles" not in sanad


@pytest.mark.parametrize("name", MODEL_SERVERS)
def test_a_profile_starts_the_server_that_its_settings_name(services: dict[str, Any], name: str) -> None:
    chosen = variables(DEPLOY / f"{name}.env")
    assert chosen["COMPOSE_PROFILES"] == name
    assert services[name]["profiles"] == [name]
    assert chosen["SANAD_LLM_BASE_URL"].startswith(f"http://{name}:")
    assert set(chosen) - {"COMPOSE_PROFILES"} <= set(services["sanad"]["environment"])


def test_what_the_image_copies_is_there_and_is_sent_to_the_build() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    built = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"])
    copied = {words[0].split("/")[0] for words in instructions("COPY") if words[0][0] not in "-."}
    needed = built | copied | {"pyproject.toml", project["project"]["readme"], "LICENSE"}
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"}
    assert needed == sent
    assert [name for name in sent if not (ROOT / name).exists()] == []


def test_the_image_runs_as_nobody_in_particular_and_is_watched() -> None:
    assert instructions("USER") == [["10001:10001"]]
    assert "/readyz" in " ".join(instructions("HEALTHCHECK")[0])
    assert instructions("ENTRYPOINT") == [['["sanad"]']]


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    if not (systemd := shutil.which("systemd-analyze")):
        pytest.skip("needs systemd-analyze, which is not installed")
    unit = tmp_path / "sanad.service"
    written = (DEPLOY / "sanad.service").read_text(encoding="utf-8")
    assert "ExecStart=/opt/sanad/bin/sanad serve" in written
    unit.write_text(written.replace("/opt/sanad/bin/sanad", "/bin/true"), encoding="utf-8")
    checked = subprocess.run([systemd, "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_proxies_hand_streams_on_as_they_come_and_the_real_address() -> None:
    nginx, caddy = ((DEPLOY / name).read_text(encoding="utf-8") for name in ("nginx.conf", "Caddyfile"))
    assert "proxy_buffering off;" in nginx
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx
    assert "flush_interval -1" in caddy
