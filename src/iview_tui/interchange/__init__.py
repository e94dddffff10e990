"""Text and files in and out: guides, exports, scripts."""
