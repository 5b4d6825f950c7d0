"""The places of the window in working order; only those that work are here."""

from __future__ import annotations

from nolcat_desktop.gui.pages.add_page import AddPage
from nolcat_desktop.gui.pages.annual_page import AnnualPage
from nolcat_desktop.gui.pages.cloud_page import CloudPage
from nolcat_desktop.gui.pages.data_page import DataPage
from nolcat_desktop.gui.pages.history_page import HistoryPage
from nolcat_desktop.gui.pages.library_page import LibraryPage
from nolcat_desktop.gui.place import Place

PLACES: tuple[type[Place], ...] = (LibraryPage, AddPage, DataPage, AnnualPage, CloudPage, HistoryPage)
