#!/bin/sh
# The core is pure: policy, reply, outcome and clock ask nothing of the world. What their objects want from others is read with
# nm and held against a list: memory, strings, lists, our own pure functions. No file, clock, log, random, environment.
set -u
cd "${top_builddir:-.}" || exit 99

allowed='
g_assertion_message_expr g_free g_malloc0 g_strdup g_strndup g_strdup_printf g_strdupv g_strfreev g_strcmp0 g_strconcat
g_strjoinv g_strv_length g_strsplit g_strv_contains g_str_is_ascii g_str_has_prefix g_utf8_strlen g_ascii_strtoll g_ascii_table
g_ptr_array_add g_ptr_array_find_with_equal_func g_ptr_array_new g_ptr_array_new_with_free_func g_ptr_array_unref g_str_equal
g_strv_builder_add g_strv_builder_end g_strv_builder_new g_strv_builder_unref
g_string_new g_string_free g_string_append g_string_append_len g_string_append_printf g_string_insert_c
g_date_time_new_from_unix_utc g_date_time_get_day_of_month g_date_time_get_month g_date_time_get_year g_date_time_unref g_date_time_new_utc g_date_time_to_unix g_date_time_add_months
g_variant_lookup
g_string_append_unichar g_string_append_c g_string_truncate g_unichar_break_type g_unichar_get_script g_unichar_isalpha g_unichar_iscntrl
g_unichar_isdefined g_unichar_ismark g_unichar_iswide g_unichar_iszerowidth g_unichar_to_utf8 g_unichar_type g_utf8_casefold
g_utf8_find_prev_char g_utf8_get_char g_utf8_normalize g_utf8_skip g_utf8_validate_len g_strdelimit g_strdup_vprintf g_str_has_suffix
g_strv_length g_compute_checksum_for_string g_intern_string g_ascii_strcasecmp
filter_fill_columns filter_fill_is_rtl filter_fill_line filter_fill_lines filter_text_clean filter_text_fill filter_text_html
filter_text_plain filter_text_is_direction filter_template_fault filter_template_find filter_template_word filter_template_word_in filter_category_title
filter_reply_template_nth filter_address_mailbox
strcmp strlen strncmp strstr strpbrk strchr strrchr strspn strcspn memcpy
parser_address_unwrap parser_address_is_system parser_answer_key parser_intent_name parser_facts_topic
filter_config_category filter_config_is_own filter_config_is_colleague
filter_policy_notice filter_policy_reply filter_policy_add_subjects filter_policy_answer filter_policy_is_answer filter_policy_is_from_person filter_policy_stays_out filter_policy_cover filter_policy_held_intent filter_policy_has_request filter_policy_is_report filter_policy_reported filter_policy_is_case_only
filter_policy_is_question filter_reading_clear filter_reading_init filter_reading_proof filter_reading_behind filter_reading_customer filter_reading_is_colleague
filter_reading_is_for_another filter_verdict_add_subject filter_verdict_new filter_reply_template filter_clock_case_due g_ascii_strdown
'
compiler='__stack_chk_fail|__ubsan_.*|__asan_.*|__sanitizer_.*|__gcov_.*|_GLOBAL_OFFSET_TABLE_'

n=0
failed=0
check () {
  n=$((n + 1))
  object=filter/libfilter_a-$1.o
  if [ ! -f "$object" ]; then
    echo "not ok $n - $1 is built"
    failed=1
    return
  fi
  foreign=$(nm -u "$object" | awk '{ print $NF }' | grep -vxE "$compiler" | while read -r symbol; do
    case " $(echo $allowed) " in *" $symbol "*) ;; *) echo "$symbol" ;; esac
  done)
  if [ -z "$foreign" ]; then
    echo "ok $n - $1 asks nothing of the world"
  else
    echo "not ok $n - $1 asks nothing of the world"
    echo "$foreign" | sed 's/^/# /'
    failed=1
  fi
}

for object in policy policy-who policy-answer policy-scope policy-held policy-report policy-reply policy-budget policy-verdict fill reply template template-lint text templates outcome clock; do check "$object"; done
# The list itself must be able to say no.
n=$((n + 1))
if nm -u filter/libfilter_a-secret.o | grep -qE ' (open|getrandom)'; then
  echo "ok $n - an object that opens files would be seen"
else
  echo "not ok $n - an object that opens files would be seen"
  failed=1
fi
echo "1..$n"
exit $failed
