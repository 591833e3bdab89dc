"""Makes an order of what was typed, and of what the machine tells: its time, cores and folders."""

import datetime as dt
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from sitegen.cli.options import OUTPUT


def order_of(options: dict[str, Any], *, is_check: bool) -> Any:
    """Return the order for a build or a check."""
    from sitegen.pipeline import Order

    root = options["root"]
    special = [name for name in ("drafts", "future", "expired", "clock") if options[name]]
    output = output_folder(root, options["output_dir"])
    if special and not is_check and output.resolve().is_relative_to((root / OUTPUT).resolve()):
        flags = ", ".join(f"--{name}" for name in special)
        raise click.UsageError(f"{flags} must not reach readers: name another folder with -o")
    return Order(
        root=root,
        output=output,
        theme=theme(),
        now=moment_of(options["clock"]),
        base_url=options["base_url"],
        drafts=options["drafts"],
        future=options["future"],
        expired=options["expired"],
        is_preview=bool(special),
        is_check=is_check,
        is_strict=options.get("strict", False),
        use_cache=not options.get("no_cache"),
        cores=cores(),
    )


def order_to_look(root: Path, clock: str | None) -> Any:
    """Return the order of somebody who wants to know, and to build nothing."""
    from sitegen.pipeline import Order

    return Order(
        root=root,
        output=output_folder(root, None),
        theme=theme(),
        now=moment_of(clock),
        is_check=True,
        cores=cores(),
    )


def output_folder(root: Path, output_dir: Path | None) -> Path:
    """Return where the site goes."""
    return root / OUTPUT if output_dir is None else output_dir.absolute()


def address_or_file(text: str) -> str:
    """Return what names a page; the whole path of a file that is named from where one stands."""
    with suppress(OSError):  # it is too long for a file's name
        if Path(text).is_file():
            return str(Path(text).absolute())
    return text


def config_of(root: Path) -> Any:
    """Return the typed config.toml; raises SiteError when it is faulty."""
    from sitegen.discover import read_config_text
    from sitegen.findings import Findings
    from sitegen.settings import read_config

    findings = Findings()
    text = read_config_text(root, findings)
    config = read_config(text, findings) if text is not None else None
    findings.stop_on_errors()
    return config


def theme() -> Path:
    """Return the templates that the package brings: in a wheel beside it, else the checkout's."""
    package = Path(__file__).parent.parent
    packed = package / "theme"
    return packed if packed.is_dir() else package.parent / "templates"


def moment_of(clock: str | None) -> dt.datetime:
    """Return the moment that --clock names, without a zone where it names none; else now."""
    if clock is None:
        return now()
    try:
        return dt.datetime.fromisoformat(clock)
    except ValueError:
        mend = "write it as 2024-05-17 or 2024-05-17T12:00"
        raise click.BadParameter(f"{clock!r} is no moment; {mend}", param_hint="--clock") from None


def cores() -> int:
    """Return how many cores this process may use, which is fewer than there are in a container."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def now() -> dt.datetime:
    """Return the one moment of this run; SOURCE_DATE_EPOCH sets it for reproducible builds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return dt.datetime.now(dt.UTC)
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    except (ValueError, OverflowError, OSError):
        what = f"SOURCE_DATE_EPOCH is {epoch!r}; it must be a number of seconds since 1970"
        raise click.UsageError(what) from None
