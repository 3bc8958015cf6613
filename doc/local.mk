# doc, packaging
EXTRA_DIST += packaging
