"""A real browser and a real service over the sample reports.

Debian's Chromium is driven by Playwright. Where CI is "true" a missing browser is a failure; elsewhere the folder is left
out, and the header of the run says so. CHROMIUM names a browser that is not found by itself.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright
from scripted_service import ScriptedService
from whole_service import Service

from indexer.build import BuildOptions, build
from indexer.progress import ConsoleProgress
from service.channels.widget.module import load_module
from service.channels.widget.routes import PATH

CORPUS = Path(__file__).parents[2] / "corpus"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync")
SIZES = {"phone": (320, 640), "tablet": (768, 1024), "desktop": (1280, 900)}
# What axe holds a page to: WCAG 2.2 up to AA, and its own best practices.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    leave = collection_path.suffix == ".py" and not chromium() and os.environ.get("CI") != "true"
    return True if leave else None


def pytest_report_header() -> str:
    return f"chromium: {chromium() or 'none found; tests/browser is left out (install chromium, or set CHROMIUM)'}"


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("browser") / "index"
    with ConsoleProgress(quiet=True) as progress:
        assert build(CORPUS, index, BuildOptions(), progress).ok
    return index


@pytest.fixture(scope="session")
def service(sample_index: Path) -> Iterator[Service]:
    running = Service(sample_index)
    yield running
    running.close()


# Of a module, not of the session: while Playwright lives, no asyncio test can run in this process.
@pytest.fixture(scope="module")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    path = chromium()
    assert path, "no Chromium: install Debian's package chromium, or set CHROMIUM to a browser's path"
    started = _playwright.chromium.launch(executable_path=path, args=list(_QUIET))
    yield started
    started.close()


class Watch:
    """What a test's pages ask for and complain about. `allowed` are the origins that they may speak to."""

    def __init__(self, context: BrowserContext, *allowed: str) -> None:
        self.allowed = set(allowed)
        self.asked: list[str] = []
        self.faults: list[str] = []
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("console", self._hear)
        context.on("weberror", lambda fault: self.faults.append(str(fault.error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Trusted" in message.text:
            self.faults.append(message.text)

    @property
    def elsewhere(self) -> list[str]:
        """The addresses outside of `allowed` that were asked for."""
        kept = ("data:", "blob:", "about:")
        return [url for url in self.asked if not url.startswith(kept) and _origin(url) not in self.allowed]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@pytest.fixture
def context(browser: Browser, service: Service) -> Iterator[BrowserContext]:
    """A fresh browser profile that may read and write the clipboard."""
    made = browser.new_context(base_url=service.url, viewport=_viewport("desktop"), locale="en-GB")
    made.grant_permissions(["clipboard-read", "clipboard-write"])
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def watch(context: BrowserContext, service: Service) -> Iterator[Watch]:
    watched = Watch(context, service.url)
    yield watched
    assert watched.elsewhere == []
    assert watched.faults == []


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Page:
    """A page of the service. It fails its test if it asks for another address, throws, or breaks its policy."""
    return context.new_page()


@pytest.fixture
def scripted(service: Service, watch: Watch) -> Iterator[ScriptedService]:
    """Another site, and a service that does as it is told. Its pages may speak to both."""
    running = ScriptedService(f"{service.url}{PATH}", load_module().integrity)
    watch.allowed.add(running.url)
    yield running
    running.close()


def _viewport(size: str) -> dict[str, int]:
    width, height = SIZES[size]
    return {"width": width, "height": height}


@pytest.fixture
def resize():
    """Gives a page the size of a "phone" (320 px), a "tablet" (768 px) or a "desktop" (1280 px)."""
    return lambda page, size: page.set_viewport_size(_viewport(size))


@pytest.fixture
def faults_found():
    """What axe finds in a page in light, dark and forced colours: empty where nothing is wrong."""
    axe = Axe()
    looks = ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"})

    def find(page: Page) -> list[str]:
        found = []
        for look in looks:
            page.emulate_media(**look)
            rules = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations"]}
            if "forced_colors" in look:  # the colours are the person's own, and axe cannot see them
                rules["rules"] = {"color-contrast": {"enabled": False}}
            for fault in axe.run(page, options=rules).response["violations"]:
                places = [" ".join(map(str, node["target"])) for node in fault["nodes"]]
                found.append(f"{next(iter(look.values()))}: {fault['id']}: {places}")
        page.emulate_media(color_scheme="light", forced_colors="none")
        return found

    return find
