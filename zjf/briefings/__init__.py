"""The papers that come round: the weekly summary, the monthly circular, the page, the cover letter."""
