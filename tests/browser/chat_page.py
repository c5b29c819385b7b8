"""A page with the widget in it, as a person uses it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


class Chat:
    """Playwright looks into the open shadow root by itself."""

    def __init__(self, page: Page, path: str = "/") -> None:
        self.page = page
        page.goto(path)
        self.box = page.locator("citewise-chat textarea#box")
        self.log = page.get_by_role("log")
        self.turns = page.locator("citewise-chat article.turn")
        self.send = page.locator("citewise-chat .send")

    @property
    def last(self) -> Locator:
        return self.turns.last

    def ask(self, question: str) -> Locator:
        """Asks, and waits until the answer, or what went wrong, is there."""
        before = self.turns.count()
        self.box.fill(question)
        self.box.press("Enter")
        turn = self.turns.nth(before)
        turn.locator(".reply[aria-busy=false]").wait_for()
        return turn

    def claims(self) -> list[str]:
        return [text.strip() for text in self.last.locator(".claim").all_inner_texts()]

    def announced(self) -> str:
        return self.page.locator("citewise-chat .panel > [role=status]").inner_text()

    def alarmed(self) -> str:
        return self.page.locator("citewise-chat .panel > [role=alert]").inner_text()

    def clipboard(self, kind: str) -> str:
        return self.page.evaluate(
            "async kind => (await (await navigator.clipboard.read())[0].getType(kind)).text()", kind
        )
