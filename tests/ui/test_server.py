"""How the page is served."""

from pathlib import Path

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AuthenticationError

from index.article_index import ArticleIndex
from index.types import MAX_ORIGINAL_BYTES
from qa.service import ArticleQA
from tests.ui.conftest import Serve
from ui.access import Passwords
from ui.settings import MAX_UPLOAD_MB, Settings


@pytest.fixture(scope="module")
def guarded_address(serve: Serve, bundled_directory: Path) -> str:
    """A page for those who have a password."""
    settings = Settings(passwords=Passwords({"ann": "secret"}))
    return serve(ArticleQA(ArticleIndex.open(bundled_directory)), settings)


@pytest.fixture(scope="module")
def proxied_address(serve: Serve, bundled_directory: Path) -> str:
    """A page that a proxy serves under /news, and that takes files of 1 MiB."""
    settings = Settings(root_path="/news", max_upload_mb=1)
    return serve(ArticleQA(ArticleIndex.open(bundled_directory)), settings)


def log_in(address: str, name: str, password: str) -> httpx.Response:
    return httpx.post(f"{address}/login", data={"username": name, "password": password})


def test_it_tells_that_it_is_well(bundled_address: str) -> None:
    response = httpx.get(f"{bundled_address}/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "articles": 1}


def test_it_tells_so_without_a_login_too(guarded_address: str) -> None:
    assert httpx.get(f"{guarded_address}/healthz").json() == {"status": "ok", "articles": 1}


@pytest.mark.parametrize("path", ["/config", "/gradio_api/info", "/gradio_api/queue/data"])
def test_without_a_login_nothing_is_shown(guarded_address: str, path: str) -> None:
    assert httpx.get(guarded_address + path).status_code == 401


@pytest.mark.parametrize(("name", "password"), [("ann", "wrong"), ("bea", "secret"), ("ann", "")])
def test_a_wrong_password_does_not_let_in(guarded_address: str, name: str, password: str) -> None:
    response = log_in(guarded_address, name, password)
    assert response.status_code in {400, 422}
    assert not response.cookies


def test_the_right_password_lets_in(guarded_address: str) -> None:
    cookies = log_in(guarded_address, "ann", "secret").cookies
    assert httpx.get(f"{guarded_address}/config", cookies=cookies).status_code == 200


def test_a_program_needs_the_password_as_well(guarded_address: str) -> None:
    options = {"verbose": False, "analytics_enabled": False}
    with pytest.raises(AuthenticationError):
        Client(guarded_address, **options)
    client = Client(guarded_address, auth=("ann", "secret"), **options)
    assert len(client.predict(api_name="/list_articles")) == 1


def test_under_a_root_path_the_page_points_to_it(proxied_address: str) -> None:
    for path in ("/config", "/news/config"):
        told = httpx.get(proxied_address + path).json()
        assert told["root"] == f"{proxied_address}/news"
    assert httpx.get(f"{proxied_address}/news/healthz").json()["status"] == "ok"


def test_a_file_that_is_too_large_is_refused(proxied_address: str) -> None:
    def upload(size: int) -> int:
        files = {"files": ("article.txt", b"x" * size, "text/plain")}
        return httpx.post(f"{proxied_address}/gradio_api/upload", files=files).status_code

    assert upload(1024 * 1024) == 200
    assert upload(1024 * 1024 + 1) == 413


def test_nobody_is_watched(bundled_address: str) -> None:
    assert httpx.get(f"{bundled_address}/monitoring").status_code == 403
    assert httpx.get(f"{bundled_address}/gradio_api/runs").status_code == 404


def test_what_can_be_uploaded_can_be_read() -> None:
    assert MAX_UPLOAD_MB * 1024 * 1024 == MAX_ORIGINAL_BYTES
