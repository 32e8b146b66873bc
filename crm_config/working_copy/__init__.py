"""The working copy: what administrators change in the studio, and what it would become when published."""
