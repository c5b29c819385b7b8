"""The page at `/`, in a browser."""

from __future__ import annotations


def test_the_start_page_is_accessible(page, faults_found):
    page.goto("/")
    assert page.locator("h1").count() == 1
    assert faults_found(page) == []
