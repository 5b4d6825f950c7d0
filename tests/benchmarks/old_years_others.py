"""What stands among reports in a library's folders: other documents, broken files, places that are closed."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date
from pathlib import Path

from nolcat_desktop.counter.release import Release
from tests.benchmarks.old_years import ADDED, NEW, SAME_FILE, SKIPPED, Planted
from tests.benchmarks.old_years_packed import PACKED, zipped
from tests.benchmarks.old_years_truth import sums_of
from tests.builders import Abstract, a_report, json, tsv, xlsx
from tests.builders.binary_workbook import xlsb
from tests.builders.damage import without_header
from tests.builders.other_kinds import html, mhtml, ods, xls
from tests.builders.sushi import sushi

NO_COUNTER, BROKEN = ("not COUNTER", "ignored"), ("unreadable", "ignored")
STOPPED, CLOSED = ("stopped", "failed"), ("unreadable", "failed")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_KBART = "publication_title\tprint_identifier\tonline_identifier\tdate_first_issue_online\ttitle_url\n"
_MONTHS = ",".join(("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"))
_FAULT = '{"Code": 2010, "Severity": "Error", "Message": "Requestor Not Authorized to Access Service"}'


def _documents(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"<x/>")
    return out.getvalue()


OTHERS: dict[str, bytes] = {
    "contract.pdf": b"%PDF-1.4 and so on",
    "photo.jpg": b"\xff\xd8\xff\xe0 photo",
    "logo.png": b"\x89PNG\r\n\x1a\n logo",
    "scan.tif": b"II*\0 scan",
    "letter.doc": OLE + "WordDocument".encode("utf-16-le"),
    "slides.ppt": OLE + "PowerPoint Document".encode("utf-16-le"),
    "message.msg": OLE + "__substg1.0_0037001F".encode("utf-16-le"),
    "letter.docx": _documents("[Content_Types].xml", "word/document.xml"),
    "slides.pptx": _documents("[Content_Types].xml", "ppt/presentation.xml"),
    "usage.numbers": _documents("Index/Document.iwa", "Metadata/Properties.plist", "preview.jpg"),
    "locked.xlsx": OLE + "EncryptedPackage".encode("utf-16-le"),
    "all years.7z": b"7z\xbc\xaf\x27\x1c\0\4",
    "all years.rar": b"Rar!\x1a\x07\x01\0",
    "catalogue.accdb": b"\0\1\0\0Standard ACE DB",
    "app.sqlite": b"SQLite format 3\0" + bytes(100),
    "program.exe": b"MZ\x90\0\3",
    "song.mp3": b"ID3\3\0",
    "note.rtf": b"{\\rtf1 Dear all}",
    "sushi request.eml": b"Received: by mail; Mon\nMIME-Version: 1.0\nContent-Type: text/plain\n\nSee attached.\n",
    "notes.txt": b"Ask the provider about 2016.\n",
    "README": b"What these folders are\n======================\n\nAsk Rowan.\n",
    "budget.csv": b"year,amount\n2016,100\n2017,200\n",
    "invoice by month.csv": f"Item,{_MONTHS}\nDatabases,{','.join('100' for _ in range(12))}\n".encode(),
    "gate counts.tsv": b"Date\tVisitors\n2016-01-01\t312\n2016-01-02\t\n",
    "titles kbart.txt": (_KBART + "Annals of Moss\t1234-5679\t\t1999-01-01\thttps://a.example/\n").encode(),
    "budget.xlsx": xlsx([["Year", "Amount"], ["2016", "100"]]),
    "budget.xls": xls([["Year", "Amount"], ["2016", "100"]]),
    "budget.xlsb": xlsb([["Year", "Amount"], ["2016", "100"]]),
    "budget.ods": ods([["Year", "Amount"], ["2016", "100"]]),
    "budget.htm": html([["Year", "Amount"], ["2016", "100"]]),
    "budget.mht": mhtml([["Year", "Amount"], ["2016", "100"]]),
    "page.html": b"<!DOCTYPE html><html><body><p>Please sign in</p></body></html>",
    "feed.xml": b"<?xml version='1.0'?><rss><channel/></rss>",
    "settings.json": b'{"window": {"width": 800}}',
    "fault.json": _FAULT.encode(),
    "empty.csv": b"",
    "blanks.tsv": b" \n\t\n",
    "zeros.dat": bytes(2000),
    "noise.dat": bytes(range(256)) * 20,
}
"""Files that hold no report."""


def _broken(report: Abstract) -> dict[str, bytes]:
    sound = {
        "xlsx": xlsx(report), "xls": xls(report), "xlsb": xlsb(report), "ods": ods(report), "mht": mhtml(report),
        "json": json(a_report(Release.R5, "TR")), "sushi.xml": sushi(report),
    }  # fmt: skip
    cut = {f"cut off.{kind}": content[: len(content) * 2 // 3] for kind, content in sound.items()}
    packed = {kind: PACKED[kind]("a.tsv", tsv(report)) for kind in ("zip", "tar.gz", "gz", "bz2", "xz")}
    cut |= {f"cut off.{kind}": content[: len(content) // 2] for kind, (_, content, _) in packed.items()}
    return {**cut, "broken.xlsx": b"PK\x03\x04 broken off"}


_PACKED = (".zip", ".gz", ".bz2", ".xz")


def plant_others(planted: Planted) -> None:
    """Other documents with every second provider, and once all that is broken, packed oddly, or closed."""
    for place in sorted(planted.folder.glob("Provider *"))[::2]:
        for name, content in OTHERS.items():
            copies = planted.files.get(f"Provider 0/{name}") is not None
            planted.put(f"{place.name}/{name}", content, *(BROKEN if name == "locked.xlsx" else NO_COUNTER))
            planted.shapes["copy of another document"] += copies
    report = a_report(Release.R4, "JR1", platform="Broken")
    for name, content in _broken(report).items():
        planted.put(f"broken/{name}", content, *(CLOSED if name.endswith(_PACKED) else BROKEN))
    _archives(planted)
    _without_names(planted)
    _places(planted)


def _archives(planted: Planted) -> None:
    """Archives that are no usual ones."""
    report = a_report(Release.R4, "JR1", platform="In archives")
    content = tsv(report)
    planted.put("archives/locked.zip", _with_password(zipped("jr1.tsv", content)), *CLOSED)
    _called(planted, "archives/locked.zip", "!/jr1.tsv")
    damaged = bytearray(zipped("jr1.tsv", content))
    damaged[60] ^= 0xFF
    planted.put("archives/one bit.zip", bytes(damaged), *CLOSED)
    _called(planted, "archives/one bit.zip", "!/jr1.tsv")
    deep = zipped("jr1.tsv", content)
    for number in range(1, 5):
        deep = zipped(f"{number}.zip", deep)
    planted.put("archives/deep.zip", deep, *CLOSED)
    _called(planted, "archives/deep.zip", "!/4.zip!/3.zip!/2.zip!/1.zip")
    planted.put("archives/nothing.zip", _documents(), *CLOSED)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("__MACOSX/._jr1.tsv", "Thumbs.db", ".DS_Store", "2016/", "2016/~$jr1.xlsx"):
            archive.writestr(name, b"left behind")
        archive.writestr("2016/für Öl/jr1.tsv", content)
        archive.writestr("2016/again.txt", content)
        archive.writestr("2016/letter.pdf", b"%PDF-1.4")
    planted.put("archives/many.zip", out.getvalue(), NEW, ADDED)
    _called(planted, "archives/many.zip", "!/2016/again.txt")
    planted.files["archives/many.zip!/2016/für Öl/jr1.tsv"] = SAME_FILE, SKIPPED
    planted.files["archives/many.zip!/2016/letter.pdf"] = NO_COUNTER
    planted.usage += sums_of(report, "In archives")


def _called(planted: Planted, name: str, behind: str) -> None:
    """The program tells what is in an archive, not the archive."""
    planted.files[name + behind] = planted.files.pop(name)


def _with_password(archive: bytes) -> bytes:
    """The same, said to be encrypted in both of its headers."""
    changed = bytearray(archive)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[archive.index(mark) + place] |= 1
    return bytes(changed)


def _without_names(planted: Planted) -> None:
    """Tables that may be several reports, and one whose sums alone are left."""
    bare = a_report(Release.R4, "JR1", months=12, begin=date(2009, 1, 1), platform="Nameless")
    planted.put("nameless/export.csv", "\n".join("\t".join(row) for row in without_header(bare)).encode(), *STOPPED)


def _places(planted: Planted) -> None:
    """Files and folders that may not be opened, links that lead nowhere or in a circle, names that are no text."""
    report = a_report(Release.R4, "BR2", platform="Read only")
    planted.put("read only/br2.tsv", tsv(report), NEW, ADDED)
    planted.usage += sums_of(report, "Read only")
    other = a_report(Release.R4, "JR2", platform="Odd names")
    odd = planted.folder / "odd names"
    odd.mkdir()
    name = os.fsdecode(b"caf\xe9 jr2.tsv")
    (odd / name).write_bytes(tsv(other))
    planted.files[f"odd names/{name}"] = NEW, ADDED
    planted.usage += sums_of(other, "Odd names")
    planted.put("closed/locked.tsv", tsv(report), *CLOSED)
    planted.put("closed/folder/jr1.tsv", tsv(report), *CLOSED)
    planted.files["closed/folder"] = planted.files.pop("closed/folder/jr1.tsv")
    links = planted.folder / "links"
    links.mkdir()
    (links / "circle").symlink_to(planted.folder, target_is_directory=True)
    (links / "itself.tsv").symlink_to("itself.tsv")
    (links / "gone.tsv").symlink_to("nowhere.tsv")
    (links / "to a file.tsv").symlink_to(planted.folder / "read only" / "br2.tsv")
    os.mkfifo(links / "pipe.tsv")
    planted.files |= {f"links/{name}.tsv": CLOSED for name in ("itself", "gone", "pipe")}
    planted.files["links/to a file.tsv"] = NEW, ADDED
    planted.files["read only/br2.tsv"] = SAME_FILE, SKIPPED


def close_places(planted_in: Path, *, closed: bool) -> None:
    """Take the rights away, or give them back so that the tree can be removed."""
    for name, mode in (("closed/locked.tsv", 0o000), ("closed/folder", 0o000), ("read only/br2.tsv", 0o444)):
        (planted_in / name).chmod(mode if closed else 0o700)
