"""A report on a run, as one HTML file that needs no script and nothing from elsewhere."""

from eval.report.page import write_report

__all__ = ["write_report"]
