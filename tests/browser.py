"""The browser that the page is seen in: Debian's chromium, which `.ci/run` installs."""

from playwright.async_api import Browser, Playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


async def open_browser(playwright: Playwright) -> Browser:
    """A browser without a window that calls nobody by itself; whoever opens it closes it."""
    return await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
