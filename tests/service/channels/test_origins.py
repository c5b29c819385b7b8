"""Pages of other sites: those that are listed, exactly."""

from __future__ import annotations

import json

import pytest

from indexer.errors import SettingsError
from service.settings import load_settings

pytestmark = pytest.mark.anyio
LISTED, OTHER = "https://intranet.example", "https://intranet.example.evil.example"


@pytest.fixture
def listing(live, new_door):
    return new_door(live, origins=LISTED)


def preflight(door, origin, method="POST", header="content-type"):
    headers = {"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": header}
    return door.client.request("OPTIONS", "/v1/ask", headers=headers)


async def test_a_listed_origin_may_ask_and_read(listing):
    reply = await preflight(listing, LISTED)
    assert reply.status_code == 200
    assert reply.headers["access-control-allow-origin"] == LISTED
    assert "Origin" in reply.headers["vary"]
    reply = await listing.ask(headers={"Origin": LISTED})
    assert reply.headers["access-control-allow-origin"] == LISTED
    assert "Retry-After" in reply.headers["access-control-expose-headers"]


@pytest.mark.parametrize("origin", [OTHER, "null", "http://intranet.example", "https://intranet.example:8443"])
async def test_any_other_origin_gets_no_permission(listing, expect_problem, origin):
    refused = await preflight(listing, origin)
    expect_problem(refused, 403)
    assert "access-control-allow-origin" not in refused.headers
    assert "access-control-allow-origin" not in (await listing.ask(headers={"Origin": origin})).headers


async def test_other_methods_and_headers_are_refused(listing, expect_problem):
    expect_problem(await preflight(listing, LISTED, method="DELETE"), 403)
    expect_problem(await preflight(listing, LISTED, header="x-secret"), 403)


async def test_where_none_is_listed_nobody_gets_permission(door):
    assert "access-control-allow-origin" not in (await door.ask(headers={"Origin": LISTED})).headers


@pytest.mark.parametrize("stated", [f"{LISTED}, http://127.0.0.1:8080", json.dumps([LISTED, "http://127.0.0.1:8080"])])
def test_origins_are_listed_with_commas_or_as_json(monkeypatch, tmp_path, stated):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CITEWISE_ORIGINS", stated)
    assert load_settings().origins == (LISTED, "http://127.0.0.1:8080")


@pytest.mark.parametrize(
    "wrong",
    ["*", "https://intranet.example/", "https://intranet.example/page", "intranet.example", "https://INTRANET.example",
     "https://intranet.example:443", "https://*.example", "null", "[1"],
)  # fmt: skip
def test_what_no_browser_would_send_is_refused_with_what_to_write(monkeypatch, tmp_path, wrong):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CITEWISE_ORIGINS", wrong)
    with pytest.raises(SettingsError, match="CITEWISE_ORIGINS") as fault:
        load_settings()
    assert "\n" not in str(fault.value)
