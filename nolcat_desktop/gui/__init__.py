"""The window: Qt Widgets over the workflow, with no logic of its own (`screens`, design 2.5)."""
