from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.errors import SettingsError
from service.settings import Settings, check_reach, load_settings, unknown_variables


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch, tmp_path):
    for name in [n for n in os.environ if n.startswith("CITEWISE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_the_environment_wins_over_the_file_and_a_command_over_both(monkeypatch, tmp_path):
    (tmp_path / "citewise.toml").write_text('port = 1\nthreads = 3\nhost = "localhost"\n')
    monkeypatch.setenv("CITEWISE_PORT", "2")
    monkeypatch.setenv("CITEWISE_HOST", "::1")
    settings = load_settings(host="127.0.0.2", index=None)
    assert (settings.threads, settings.port, settings.host) == (3, 2, "127.0.0.2")
    assert settings.index == Path("index")


def test_another_file_can_be_named(monkeypatch, tmp_path):
    (tmp_path / "other.toml").write_text("port = 9\n")
    monkeypatch.setenv("CITEWISE_CONFIG", str(tmp_path / "other.toml"))
    assert load_settings().port == 9
    monkeypatch.setenv("CITEWISE_CONFIG", str(tmp_path / "gone.toml"))
    with pytest.raises(SettingsError, match=r"gone\.toml cannot be read .* CITEWISE_CONFIG"):
        load_settings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("port =", r"citewise\.toml is not valid TOML"),
        ("colour = 1\nprot = 2", r"citewise\.toml: colour, prot is no setting; known are index, .*port"),
        ("port = 70000", r"port in citewise\.toml is wrong: .*65535"),
    ],
)
def test_a_wrong_file_is_one_clear_line(tmp_path, text, message):
    (tmp_path / "citewise.toml").write_text(text)
    with pytest.raises(SettingsError, match=message) as caught:
        load_settings()
    assert "\n" not in str(caught.value)
    assert caught.value.exit_status == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CITEWISE_PORT", "abc"),
        ("CITEWISE_THREADS", "0"),
        ("CITEWISE_EMBEDDING_BACKEND", "gpu"),
        ("CITEWISE_PUBLIC_URL", "javascript:alert(1)"),
        ("CITEWISE_LOG_QUESTIONS", "perhaps"),
    ],
)
def test_a_wrong_value_names_its_variable(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"^{name} is wrong: ") as caught:
        load_settings()
    assert "\n" not in str(caught.value)


def test_a_wrong_option_names_itself():
    with pytest.raises(SettingsError, match=r"^--port is wrong"):
        load_settings(port=-1)


def test_an_empty_variable_is_not_set(monkeypatch):
    monkeypatch.setenv("CITEWISE_PORT", "")
    assert load_settings().port == 8000


@pytest.mark.parametrize("auth", ["keys", "proxy", "oidc"])
def test_what_is_not_built_is_said_plainly(monkeypatch, auth):
    monkeypatch.setenv("CITEWISE_AUTH", auth)
    with pytest.raises(SettingsError, match="not part of this version; set CITEWISE_AUTH=none"):
        load_settings()


@pytest.mark.parametrize(
    ("set_to", "told"),
    [
        ({"ANSWERER": "generative"}, "there is no language model"),
        ({"MODEL_URL": "http://127.0.0.1:11434/v1"}, "CITEWISE_MODEL_NAME is not"),
        ({"MODEL_NAME": "m"}, "CITEWISE_MODEL_URL is not"),
        ({"MODEL_URL": "127.0.0.1:11434", "MODEL_NAME": "m"}, "CITEWISE_MODEL_URL"),
    ],
)
def test_half_a_language_model_is_none(monkeypatch, set_to, told):
    for name, value in set_to.items():
        monkeypatch.setenv(f"CITEWISE_{name}", value)
    with pytest.raises(SettingsError, match=told):
        load_settings()


def test_a_key_is_shown_nowhere(monkeypatch):
    monkeypatch.setenv("CITEWISE_MODEL_KEY", "hush-hush")
    assert "hush" not in repr(load_settings())


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "intranet.example"])
def test_an_open_service_has_to_be_wanted(host):
    with pytest.raises(SettingsError, match="CITEWISE_ALLOW_OPEN=1"):
        check_reach(Settings(host=host))
    check_reach(Settings(host=host, allow_open=True))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_this_machine_alone_is_always_fine(host):
    check_reach(Settings(host=host))


def test_unknown_variables_are_found(monkeypatch):
    environment = {"CITEWISE_PROT": "1", "CITEWISE_PORT": "1", "citewise_host": "", "CITEWISE_API_KEY": "k", "PATH": ""}
    assert unknown_variables(environment) == ["CITEWISE_PROT"]


def test_every_setting_is_described():
    assert [n for n, f in Settings.model_fields.items() if not (f.description or "").endswith((".", ")"))] == []
