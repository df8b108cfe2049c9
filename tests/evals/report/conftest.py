"""The report of the made run in a real browser, opened as a file."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from evals.report import write_report
from tests.evals.report.made import made_run


@pytest.fixture(scope="package")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the report is."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(made_run(), path)
    return path.as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The report, opened; it may ask for nothing else, complain of nothing, and run nothing."""
    requests: list[str] = []
    complaints: list[str] = []
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url.partition("#")[0]))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        yield page
        assert page.evaluate("window.hacked") is None
        assert set(requests) == {address}
        assert complaints == []
