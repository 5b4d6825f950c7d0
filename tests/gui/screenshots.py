"""Pictures of every place and state, for who looks at them: `python -m tests.gui.screenshots FOLDER [WORD…]`.

Without a screen. Only scenes and looks that contain one of the words are taken, or all of them; those of the Cloud
place have a server of their own and are taken when `cloud` is among the words. With `grey` copies without colour are
made of what is taken.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.gui.screenshot_studio import LOOKS, Look, Scene, Studio

# isort: split
from PySide6.QtCore import QLocale
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog

from nolcat_desktop.gui.theme import Theme, apply
from nolcat_desktop.settings import Colours, Settings
from tests.gui.frame_builders import APART
from tests.gui.screenshot_dialogs import DIALOGS, WORKING
from tests.gui.screenshot_hard import EMPTY, HARD, fill
from tests.gui.screenshot_sample import SAMPLE, UNSETTLED
from tests.gui.screenshot_states import STATES

CLOUD, GREY = "cloud", "grey"


def _nothing(_folder: Path) -> None:
    """The library is empty."""


KINDS: tuple[tuple[dict[str, Scene], Callable[[Path], None] | None], ...] = (
    (SAMPLE, None),
    (DIALOGS, None),
    (STATES, None),
    (HARD, fill),
    (EMPTY, _nothing),
)
"""Scenes, and what fills their library beforehand; None: it is the sample."""


def main(words: Sequence[str] | None = None) -> int:
    """Take the pictures; their files are named by scene and look."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("words", nargs="*")
    wanted = asked.parse_args(words)
    grey = GREY in wanted.words
    chosen = [word for word in wanted.words if word != GREY]
    wanted.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    QLocale.setDefault(QLocale(QLocale.Language.English))
    theme = apply(app, Settings(colours=Colours.LIGHT))
    theme.at_once = True
    if CLOUD in chosen:
        from tests.gui.screenshot_cloud import take_cloud

        take_cloud(theme, wanted.folder, [word for word in chosen if word != CLOUD])
        chosen = []
    for look in LOOKS if CLOUD not in wanted.words else ():
        for scenes, filling in KINDS:
            these = {name: scene for name, scene in scenes.items() if _is_wanted(f"{name}-{look.name}", chosen)}
            if these:
                _take(theme, look, these, filling, wanted.folder)
    APART.close()
    if grey:
        without_colour(wanted.folder)
    return 0


def without_colour(folder: Path) -> None:
    """Put a grey copy beside every picture."""
    for file in sorted(folder.glob("*.png")):
        if not file.stem.endswith(GREY):
            grey = QImage(str(file)).convertToFormat(QImage.Format.Format_Grayscale8)
            grey.save(str(file.with_name(f"{file.stem}-{GREY}.png")))


def _is_wanted(name: str, words: Sequence[str]) -> bool:
    return not words or any(word in name for word in words)


def _take(
    theme: Theme, look: Look, scenes: dict[str, Scene], filling: Callable[[Path], None] | None, folder: Path
) -> None:
    with tempfile.TemporaryDirectory() as home:
        if filling is not None:
            filling(Path(home))
        studio = Studio(theme, look, Path(home), filling is None)
        for name, scene in scenes.items():
            for dialog in studio.window.findChildren(QDialog):
                dialog.close()
            shown = scene(studio)
            if name not in UNSETTLED | WORKING:
                studio.settle()
            file = folder / f"{name}-{look.name}.png"
            (shown or studio.window).grab().save(str(file))
            print(file)  # noqa: T201 - a tool
            while studio.later:
                studio.later.pop()()
        studio.close()


if __name__ == "__main__":
    sys.exit(main())
