"""What is selected when the program itself goes to a row: that one alone, whichever keys are held down just then.

Qt asks the keyboard also where no key was pressed for it. Who still held Ctrl of Ctrl+2 got a current row beside
another that stayed selected, and Del took the one away that nobody looked at.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView

Flag = QItemSelectionModel.SelectionFlag
_WHOLE = {
    QAbstractItemView.SelectionBehavior.SelectItems: Flag.NoUpdate,
    QAbstractItemView.SelectionBehavior.SelectRows: Flag.Rows,
    QAbstractItemView.SelectionBehavior.SelectColumns: Flag.Columns,
}


def that_alone(view: QAbstractItemView) -> Flag:
    """For `selectionCommand` of `view` where there is no event: select what becomes current, and nothing else."""
    return Flag.ClearAndSelect | _WHOLE[view.selectionBehavior()]
