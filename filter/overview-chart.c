/* overview-chart.c - see overview-chart.h */
#include "overview-chart.h"

#include <string.h>

/* In units of the drawing, which are pixels where there is room. */
#define WIDTH 880
#define HEIGHT 280
#define LEFT 52
#define RIGHT 10
#define TOP 14
#define BOTTOM 34
#define LABELS 9 /* on the axis, at most */
#define LEAST 2  /* what is not nothing can be seen */

typedef struct
{
  guint64 tick, most; /* of the upright axis */
  guint n;
} Axis;

void
filter_chart_append (GString *out, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_markup_vprintf_escaped (format, args);
  va_end (args);
  g_string_append (out, text);
}

guint64
filter_chart_tick (guint64 most)
{
  static const guint64 steps[] = { 1, 2, 5 };
  for (guint64 power = 1;; power *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
      if (most / 5 < steps[i] * power || (most / 5 == steps[i] * power && most % 5 == 0))
        return steps[i] * power;
}

/* ---- the axes ---- */

static double
x_of (const Axis *axis, double place)
{
  return LEFT + place * (WIDTH - LEFT - RIGHT) / axis->n;
}

static double
y_of (const Axis *axis, guint64 value)
{
  return HEIGHT - BOTTOM - (double)value * (HEIGHT - TOP - BOTTOM) / (double)axis->most;
}

static Axis
axis_for (const FilterChart *chart, guint64 most)
{
  guint64 tick = filter_chart_tick (MAX (most, 1));
  return (Axis){ tick, (MAX (most, 1) + tick - 1) / tick * tick, MAX (chart->n_labels, 1) };
}

static void
begin (GString *out, const FilterChart *chart, int height)
{
  g_string_append_printf (out, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDTH, height);
  filter_chart_append (out, "%s. The numbers are in the table below it.\">\n", chart->title);
}

/* Without the year where the next label has the same one: "24 Aug", and "4 Jan 2027" at the turn. */
static char *
short_label (const FilterChart *chart, guint i, guint step)
{
  const char *label = chart->labels[i], *year = strrchr (label, ' ');
  const char *before = i >= step ? strrchr (chart->labels[i - step], ' ') : NULL;
  gboolean same = year != NULL && before != NULL && g_str_equal (year, before) && strchr (label, ' ') != year;
  return same ? g_strndup (label, (gsize)(year - label)) : g_strdup (label);
}

static void
draw_axes (GString *out, const FilterChart *chart, const Axis *axis)
{
  guint step = (chart->n_labels + LABELS - 1) / LABELS;
  for (guint64 value = 0; value <= axis->most; value += axis->tick)
    g_string_append_printf (out,
                            "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                            "<text class=\"y\" x=\"%d\" y=\"%.1f\">%" G_GUINT64_FORMAT "</text>\n",
                            value == 0 ? "base" : "grid", LEFT, WIDTH - RIGHT, y_of (axis, value),
                            y_of (axis, value), LEFT - 8, y_of (axis, value) + 4, value);
  for (guint i = 0; i < chart->n_labels; i += step)
    {
      g_autofree char *label = short_label (chart, i, step);
      g_string_append_printf (out, "<text class=\"x\" x=\"%.1f\" y=\"%d\">", x_of (axis, i + 0.5),
                              HEIGHT - BOTTOM + 20);
      filter_chart_append (out, "%s</text>\n", label);
    }
}

/* ---- columns ---- */

static guint64
sum_of (const FilterChart *chart, guint place)
{
  guint64 sum = 0;
  for (guint s = 0; s < chart->n_series; s++)
    sum += chart->series[s].values[place];
  return sum;
}

static void
draw_column (GString *out, const FilterChart *chart, const Axis *axis, guint place)
{
  double width = (x_of (axis, 1) - x_of (axis, 0)) * 0.8;
  guint64 below = 0;
  for (guint s = 0; s < chart->n_series; s++)
    {
      guint64 value = chart->series[s].values[place];
      if (value == 0)
        continue;
      double foot = y_of (axis, below), head = MIN (y_of (axis, below + value), foot - 1);
      g_string_append_printf (out,
                              "<rect class=\"c%u\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">",
                              s + 1, x_of (axis, place + 0.1), head, width, foot - head);
      filter_chart_append (out, "<title>%s %s, %s: %" G_GUINT64_FORMAT "</title></rect>\n", chart->place,
                           chart->labels[place], chart->series[s].name, value);
      below += value;
    }
}

void
filter_chart_columns (GString *out, const FilterChart *chart)
{
  guint64 most = 0;
  for (guint place = 0; place < chart->n_labels; place++)
    most = MAX (most, sum_of (chart, place));
  Axis axis = axis_for (chart, most);
  begin (out, chart, HEIGHT);
  draw_axes (out, chart, &axis);
  g_string_append (out, "<g class=\"part\">\n");
  for (guint place = 0; place < chart->n_labels; place++)
    draw_column (out, chart, &axis, place);
  g_string_append (out, "</g></svg>\n");
}

/* ---- steps ---- */

void
filter_chart_steps (GString *out, const FilterChart *chart)
{
  guint64 most = 0;
  for (guint s = 0; s < chart->n_series; s++)
    for (guint place = 0; place < chart->n_labels; place++)
      most = MAX (most, chart->series[s].values[place]);
  Axis axis = axis_for (chart, most);
  begin (out, chart, HEIGHT);
  draw_axes (out, chart, &axis);
  for (guint s = 0; s < chart->n_series; s++)
    {
      g_string_append_printf (out, "<path class=\"l%u\" d=\"", s + 1);
      for (guint place = 0; place < chart->n_labels; place++)
        g_string_append_printf (out, "%s%.1f %.1fH%.1f", place == 0 ? "M" : "L", x_of (&axis, place),
                                y_of (&axis, chart->series[s].values[place]), x_of (&axis, place + 1));
      filter_chart_append (out, "\"><title>%s</title></path>\n", chart->series[s].name);
    }
  g_string_append (out, "</svg>\n");
}

/* ---- bars to the right ---- */

void
filter_chart_bars (GString *out, const FilterChart *chart)
{
  enum
  {
    NAMES = 180,
    ROW = 34,
    NUMBERS = 70
  };
  guint64 most = 1;
  for (guint s = 0; s < chart->n_series; s++)
    most = MAX (most, chart->series[s].values[0]);
  begin (out, chart, (int)chart->n_series * ROW);
  for (guint s = 0; s < chart->n_series; s++)
    {
      guint64 value = chart->series[s].values[0];
      double length = (double)value * (WIDTH - NAMES - NUMBERS) / (double)most;
      length = value > 0 ? MAX (length, LEAST) : 0;
      g_string_append_printf (out, "<text class=\"y\" x=\"%d\" y=\"%u\">", NAMES - 10, s * ROW + 21);
      filter_chart_append (out, "%s</text>", chart->series[s].name);
      g_string_append_printf (out,
                              "<rect class=\"c%u\" x=\"%d\" y=\"%u\" width=\"%.1f\" height=\"%d\"/>"
                              "<text class=\"n\" x=\"%.1f\" y=\"%u\">%" G_GUINT64_FORMAT "</text>\n",
                              s + 1, NAMES, s * ROW + 5, length, ROW - 10, NAMES + length + 8, s * ROW + 21,
                              value);
    }
  g_string_append (out, "</svg>\n");
}

/* ---- how long it took ---- */

enum
{
  SPAN_HEIGHT = 190,
  SPAN_TOP = 40,
  SPAN_FOOT = 146
};

static void
draw_class (GString *out, const FilterSpan *span, const Axis *axis, guint class, guint64 most)
{
  const char *name = filter_span_class_name (class), *rest = strchr (name, ' ');
  double height = (double)span->classes[class] * (SPAN_FOOT - SPAN_TOP) / (double)most;
  double middle = x_of (axis, class + 0.5);
  height = span->classes[class] > 0 ? MAX (height, LEAST) : 0;
  g_string_append_printf (
      out,
      "<rect class=\"w%u\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>"
      "<text class=\"x n%s\" x=\"%.1f\" y=\"%.1f\">%" G_GUINT64_FORMAT "</text>"
      "<text class=\"x\" x=\"%.1f\" y=\"%d\">%.*s</text><text class=\"x\" x=\"%.1f\" y=\"%d\">%s</text>\n",
      class, x_of (axis, class + 0.2), SPAN_FOOT - height, x_of (axis, 0.6) - x_of (axis, 0), height,
      span->classes[class] > 0 ? "" : " none", middle, SPAN_FOOT - height - 6, span->classes[class], middle,
      SPAN_FOOT + 18, (int)(rest != NULL ? rest - name : (gssize)strlen (name)), name, middle, SPAN_FOOT + 34,
      rest != NULL ? rest + 1 : "");
}

void
filter_chart_span (GString *out, const char *title, const FilterSpan *span)
{
  const Axis axis = { .n = FILTER_SPAN_CLASSES };
  const FilterChart chart = { .title = title };
  guint64 most = 1;
  for (guint class = 0; class < FILTER_SPAN_CLASSES; class ++)
    most = MAX (most, span->classes[class]);
  begin (out, &chart, SPAN_HEIGHT);
  for (guint i = 0; i < FILTER_TERMS; i++)
    {
      double x = x_of (&axis, filter_term_class ((FilterTerm)i) + 1);
      g_string_append_printf (out,
                              "<line class=\"term\" x1=\"%.1f\" x2=\"%.1f\" y1=\"18\" y2=\"%d\"/>"
                              "<text class=\"x\" x=\"%.1f\" y=\"12\">%s</text>\n",
                              x, x, SPAN_FOOT, x, filter_term_name ((FilterTerm)i));
    }
  g_string_append_printf (out, "<line class=\"base\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>\n", LEFT,
                          WIDTH - RIGHT, SPAN_FOOT, SPAN_FOOT);
  for (guint class = 0; class < FILTER_SPAN_CLASSES; class ++)
    draw_class (out, span, &axis, class, most);
  g_string_append (out, "</svg>\n");
}

/* ---- in words and numbers ---- */

void
filter_chart_legend (GString *out, const FilterChart *chart)
{
  g_string_append (out, "<ul class=\"legend\">");
  for (guint s = 0; s < chart->n_series; s++)
    {
      g_string_append_printf (out, "<li><span class=\"key k%u\"></span>", s + 1);
      filter_chart_append (out, "%s</li>", chart->series[s].name);
    }
  g_string_append (out, "</ul>\n");
}

void
filter_chart_table (GString *out, const FilterChart *chart)
{
  filter_chart_append (
      out, "<details><summary>The numbers</summary><table><caption>%s</caption>\n<thead><tr>", chart->title);
  filter_chart_append (out, "<th scope=\"col\">%s</th>", chart->place);
  for (guint s = 0; s < chart->n_series; s++)
    filter_chart_append (out, "<th scope=\"col\">%s</th>", chart->series[s].name);
  g_string_append (out, "</tr></thead>\n<tbody>\n");
  for (guint place = 0; place < chart->n_labels; place++)
    {
      filter_chart_append (out, "<tr><th scope=\"row\">%s</th>", chart->labels[place]);
      for (guint s = 0; s < chart->n_series; s++)
        g_string_append_printf (out, "<td>%" G_GUINT64_FORMAT "</td>", chart->series[s].values[place]);
      g_string_append (out, "</tr>\n");
    }
  g_string_append (out, "</tbody></table></details>\n");
}
