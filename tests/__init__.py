"""Tests: one file a module, fakes, conformance suites."""
