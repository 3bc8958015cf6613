# templates.awk - filter/templates/KIND.LANG.txt -> templates.c, a table of texts; run by make.
BEGIN {
  print "/* Made by templates.awk from filter/templates; change those. */"
  print "#include \"reply.h\"\n\n#include <string.h>\n"
  print "static const struct\n{\n  const char *kind, *language, *text;\n} templates[] = {"
}
FNR == 1 {
  if (NR > 1) print "  },"
  name = FILENAME
  sub(/.*\//, "", name)
  split(name, part, ".")
  printf "  { \"%s\", \"%s\",\n", part[1], part[2]
}
{
  gsub(/\\/, "\\\\")
  gsub(/"/, "\\\"")
  printf "    \"%s\\n\"\n", $0
}
END {
  print "  },\n};\n"
  print "const char *\nfilter_reply_template (const char *kind, const char *language)\n{"
  print "  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)"
  print "    if (strcmp (templates[i].kind, kind) == 0 && strcmp (templates[i].language, language) == 0)"
  print "      return templates[i].text;"
  print "  return NULL;\n}\n"
  print "const char *\nfilter_reply_template_nth (guint n, const char **kind_out)\n{"
  print "  if (n >= G_N_ELEMENTS (templates))\n    return NULL;"
  print "  *kind_out = templates[n].kind;\n  return templates[n].text;\n}"
}
