# templates.awk - filter/templates/LANG.txt -> templates.c, a table of texts; run by make.
function quoted(line) {
  gsub(/\\/, "\\\\", line)
  gsub(/"/, "\\\"", line)
  return "    \"" line "\\n\"\n"
}
function flush_text() {
  if (kind != "") printf "  { \"%s\", \"%s\",\n%s  },\n", kind, language, text
  kind = ""
}
BEGIN {
  print "/* Made by templates.awk from filter/templates; change those. */"
  print "#include \"reply.h\"\n\n#include <string.h>\n"
  print "static const struct\n{\n  const char *kind, *language, *text;\n} templates[] = {"
}
FNR == 1 {
  flush_text()
  language = FILENAME
  sub(/.*\//, "", language)
  sub(/\.txt$/, "", language)
}
/^\[[a-z-]+\]$/ {
  flush_text()
  kind = substr($0, 2, length($0) - 2)
  text = blank = ""
  next
}
kind == "" { next } # remarks at the top
$0 == "" {
  blank = blank quoted("")
  next
}
{
  text = text (text == "" ? "" : blank) quoted($0)
  blank = ""
}
END {
  flush_text()
  print "};\n"
  print "const char *\nfilter_reply_template (const char *kind, const char *language)\n{"
  print "  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)"
  print "    if (strcmp (templates[i].kind, kind) == 0 && strcmp (templates[i].language, language) == 0)"
  print "      return templates[i].text;"
  print "  return NULL;\n}\n"
  print "const char *\nfilter_reply_template_nth (guint n, const char **kind_out, const char **language_out)\n{"
  print "  if (n >= G_N_ELEMENTS (templates))\n    return NULL;"
  print "  *kind_out = templates[n].kind;\n  *language_out = templates[n].language;\n  return templates[n].text;\n}"
}
