"""The places of the window in working order; only those that work are here."""

from __future__ import annotations

from nolcat_desktop.gui.pages.data_page import DataPage
from nolcat_desktop.gui.place import Place

PLACES: tuple[type[Place], ...] = (DataPage,)
