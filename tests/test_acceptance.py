import os
from pathlib import Path

import pytest

from sitegen.acceptance import accept
from sitegen.findings import SiteError


def test_the_first_addresses_make_the_list(tmp_path: Path) -> None:
    accept(tmp_path, ["/da/b/", "/da/a/"])

    assert (tmp_path / "published.txt").read_bytes() == b"/da/a/\n/da/b/\n"
    assert [path.name for path in tmp_path.iterdir()] == ["published.txt"]


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    accept(tmp_path, [])
    assert not list(tmp_path.iterdir())
    (tmp_path / "published.txt").write_bytes(b"/da/a/\n")
    before = (tmp_path / "published.txt").stat()
    accept(tmp_path, ["/da/a/"])

    assert before == (tmp_path / "published.txt").stat()


def test_what_a_merge_left_is_put_in_order(tmp_path: Path) -> None:
    (tmp_path / "published.txt").write_bytes(b"\xef\xbb\xbf/da/b/\r\n\r\n/da/a/\r\n/da/b/\r\n")
    accept(tmp_path, [])

    assert (tmp_path / "published.txt").read_bytes() == b"/da/a/\n/da/b/\n"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege")
def test_a_list_that_is_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists/known.txt").write_bytes(b"/da/a/\n")
    (tmp_path / "published.txt").symlink_to("lists/known.txt")
    accept(tmp_path, ["/da/b/"])

    assert (tmp_path / "published.txt").is_symlink()
    assert (tmp_path / "lists/known.txt").read_bytes() == b"/da/a/\n/da/b/\n"


def test_a_list_that_cannot_be_read_is_not_written(tmp_path: Path) -> None:
    text = b"/da/a/\n<<<<<<< HEAD\n/da/b/\n"
    (tmp_path / "published.txt").write_bytes(text)

    with pytest.raises(SiteError, match="merge-conflict"):
        accept(tmp_path, ["/da/c/"])
    assert (tmp_path / "published.txt").read_bytes() == text


def test_a_disk_that_fails_leaves_the_list_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "published.txt").write_bytes(b"/da/a/\n")
    monkeypatch.setattr("os.fsync", failing)

    with pytest.raises(OSError, match="No space"):
        accept(tmp_path, ["/da/b/"])
    assert (tmp_path / "published.txt").read_bytes() == b"/da/a/\n"
    assert [path.name for path in tmp_path.iterdir()] == ["published.txt"]
