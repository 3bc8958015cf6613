/* test-headers.c - what a header proves: authors, sender, dates, threads, marks, authentication */
#include <string.h>

#include "internal.h"

static ParserFacts *
read_with (const char *header, const ParserOptions *options)
{
  ParserFacts *facts = parser_facts_new ();
  g_autoptr (GPtrArray) fields
      = parser_fields_read ((const guint8 *)header, strlen (header), &facts->defects);
  parser_headers_read (fields, options, facts);
  facts->identity = parser_identity (fields, facts, (const guint8 *)"body\r\n", 6);
  parser_auth_read (fields, options, facts);
  return facts;
}

/* clang-format off */
static const struct { const char *name, *header, *from, *domains; guint defects; } from_cases[] = {
  { "an-address-alone",                    "From: Ann@Example.org\n",                    "ann@example.org", "example.org", 0 },
  { "a-name-and-an-address",               "From: Ann Smith <ann@example.org>\n",        "ann@example.org", "example.org", 0 },
  { "a-quoted-name-with-a-comma",          "From: \"Smith, Ann\" <ann@example.org>\n",   "ann@example.org", "example.org", 0 },
  { "a-comment-behind",                    "From: ann@example.org (Ann, at home)\n",     "ann@example.org", "example.org", 0 },
  { "a-comment-in-front",                  "From: (x@y.example) ann@example.org\n",      "ann@example.org", "example.org", 0 },
  { "comments-in-comments",                "From: ann(a(b)c\\)d)@example.org\n",         "ann@example.org", "example.org", 0 },
  { "a-name-that-looks-like-an-address",   "From: \"ceo@bank.example\" <evil@x.example>\n", "evil@x.example", "x.example", 0 },
  { "an-unquoted-name-that-does",          "From: ceo@bank.example <evil@x.example>\n",  "evil@x.example", "x.example", 0 },
  { "an-encoded-name-that-does",           "From: =?utf-8?Q?ceo=40bank_=3Cceo=40bank=3E?= <evil@x.example>\n", "evil@x.example", "x.example", 0 },
  { "an-encoded-name-with-a-comma",        "From: =?utf-8?Q?a,b?= <ann@example.org>\n",  "ann@example.org", "example.org", 0 },
  { "a-route-is-passed-over",              "From: <@a.example,@b.example:ann@example.org>\n", "ann@example.org", "example.org", 0 },
  { "a-group-of-one",                      "From: us: ann@example.org;\n",               "ann@example.org", "example.org", 0 },
  { "an-empty-group",                      "From: undisclosed:;\n",                      NULL, NULL, PARSER_DEFECT_NO_FROM },
  { "an-empty-value",                      "From:\n",                                    NULL, NULL, PARSER_DEFECT_NO_FROM },
  { "empty-brackets",                      "From: Ann <>\n",                             NULL, NULL, PARSER_DEFECT_NO_FROM },
  { "no-field",                            "Subject: x\n",                               NULL, NULL, PARSER_DEFECT_NO_FROM },
  { "two-authors",                         "From: ann@example.org, bob@example.net\n",   NULL, "example.org,example.net", PARSER_DEFECT_MANY_FROM },
  { "two-addresses-without-a-comma",       "From: <ann@example.org> <bob@example.org>\n", NULL, "example.org", PARSER_DEFECT_MANY_FROM },
  { "two-fields",                          "From: ann@example.org\nFrom: bob@example.net\n", NULL, "example.org,example.net", PARSER_DEFECT_MANY_FROM },
  { "one-address-in-two-fields",           "From: ann@example.org\nFrom: Ann@example.org\n", "ann@example.org", "example.org", PARSER_DEFECT_MANY_FROM },
  { "a-quoted-local-part",                 "From: \"john doe\"@example.org\n",           "john doe@example.org", "example.org", 0 },
  { "brackets-that-do-not-close",          "From: Ann <ann@example.org\n",               "ann@example.org", "example.org", 0 },
  { "quotes-that-do-not-close",            "From: \"Ann <ann@example.org>\n",            "ann@example.org", "example.org", 0 },
  { "a-comment-that-does-not-close",       "From: Ann (Berlin <ann@example.org>\n",      "ann@example.org", "example.org", 0 },
  { "a-sad-face",                          "From: Ann :( <ann@example.org>\n",           "ann@example.org", "example.org", 0 },
  { "a-name-without-brackets",             "From: Ann Smith ann@example.org\n",          "ann@example.org", "example.org", 0 },
  { "a-blank-before-the-colon",            "From : ann@example.org\n",                   "ann@example.org", "example.org", 0 },
  { "a-folded-field",                      "From: Ann\r\n <ann@example.org>\r\n",        "ann@example.org", "example.org", 0 },
  { "a-domain-in-its-own-letters",         "From: ann@b\xc3\xbc" "cher.example\n",       "ann@xn--bcher-kva.example", "xn--bcher-kva.example", 0 },
  { "a-line-that-is-no-field",             "From: ann@example.org\nhello\nSubject: x\n", "ann@example.org", "example.org", PARSER_DEFECT_BAD_HEADER },
};

/* What archives make of From. */
static const struct { const char *name, *header, *want; } spelt_cases[] = {
  { "with-a-name-behind",                  "From: Ann.Lee at Example.org (Ann (at home) Lee)\n", "ann.lee@example.org" },
  { "in-another-language",                 "From: ann en example.org (=?utf-8?Q?Jos=C3=A9?=)\n", "ann@example.org" },
  { "alone",                               "From: ann at example.org\n",                 "ann@example.org" },
  { "in-brackets",                         "From: \"Lee, Ann\" <ann at example.org>\n", "ann@example.org" },
  { "without-a-domain",                    "From: Ann at home\n",                        NULL },
  { "a-name-of-three-words",               "From: Ann van example.org\n",                NULL },
  { "more-words",                          "From: Ann Lee at example.org\n",             NULL },
  { "beside-an-address",                   "From: ann at example.org <bob@example.net>\n", NULL },
  { "beside-another-field",                "From: ann at example.org\nFrom: Bob\n",      NULL },
  { "in-quotes",                           "From: \"ann at example.org\"\n",             NULL },
  { "a-comment-that-does-not-close",       "From: ann at example.org (Ann\n",            NULL },
};

static const struct { const char *name, *header, *want; } subject_cases[] = {
  { "a-subject",                           "Subject: stop\n",                            "stop" },
  { "a-folded-one",                        "Subject: un\r\n subscribe\r\n",              "un subscribe" },
  { "a-fold-of-blanks-alone",              "Subject: un\n \n subscribe\n",               "un  subscribe" },
  { "a-repeated-one-is-joined",            "Subject: please\nX: y\nSubject: stop\n",     "please stop" },
  { "a-nul-in-it",                         "Subject: unXsubscribe\n",                    "unsubscribe" },
  { "an-encoded-line-end",                 "Subject: =?utf-8?Q?stop=0D=0ABcc:_x@y?=\n",  "stop Bcc: x@y" },
  { "none",                                "X: y\n",                                     NULL },
  { "an-empty-one",                        "Subject:\n",                                 "" },
};

static const struct { const char *name, *header; guint marks; } mark_cases[] = {
  { "auto-submitted",                      "Auto-Submitted: auto-replied\n",             PARSER_MARK_AUTO_SUBMITTED },
  { "auto-submitted-in-capitals",          "AUTO-SUBMITTED: Auto-Generated\n",           PARSER_MARK_AUTO_SUBMITTED },
  { "auto-submitted-with-a-parameter",     "Auto-Submitted: auto-generated; x=1\n",      PARSER_MARK_AUTO_SUBMITTED },
  { "auto-submitted-with-a-comment",       "Auto-Submitted: (no) auto-replied (vac)\n",  PARSER_MARK_AUTO_SUBMITTED },
  { "auto-submitted-with-an-underline",    "Auto-Submitted: auto_generated\n",           PARSER_MARK_AUTO_SUBMITTED },
  { "auto-submitted-no",                   "Auto-Submitted: no\n",                       0 },
  { "auto-submitted-no-with-a-comment",    "Auto-Submitted: No (a person)\n",            0 },
  { "auto-submitted-no-and-yes",           "Auto-Submitted: no\nAuto-Submitted: auto-replied\n", PARSER_MARK_AUTO_SUBMITTED },
  { "an-empty-auto-submitted",             "Auto-Submitted:\n",                          0 },
  { "apple-mails-button",                  "X-Apple-Unsubscribe: true\n",                PARSER_MARK_ONE_TAP },
  { "a-list-id",                           "List-Id: <x.example>\n",                     PARSER_MARK_LIST_FIELDS },
  { "a-list-unsubscribe",                  "List-Unsubscribe: <mailto:x@y.example>\n",   PARSER_MARK_LIST_FIELDS },
  { "a-list-post",                         "List-Post: NO\n",                            PARSER_MARK_LIST_FIELDS },
  { "our-own-group",                       "List-Id: Help <Support.Metrix.example>\nList-Post: x\n", 0 },
  { "our-own-group-and-another",           "List-Id: <support.metrix.example>\nList-Id: <x.example>\n", PARSER_MARK_LIST_FIELDS },
  { "our-own-group-in-a-name-alone",       "List-Id: support.metrix.example <x.example>\n", PARSER_MARK_LIST_FIELDS },
  { "precedence-bulk",                     "Precedence: bulk\n",                         PARSER_MARK_BULK },
  { "precedence-list",                     "Precedence: List\n",                         PARSER_MARK_BULK },
  { "precedence-junk",                     "Precedence: junk\n",                         PARSER_MARK_BULK },
  { "precedence-first-class",              "Precedence: first-class\n",                  0 },
  { "suppress-all",                        "X-Auto-Response-Suppress: All\n",            PARSER_MARK_SUPPRESS },
  { "suppress-oof-among-others",           "X-Auto-Response-Suppress: DR, OOF, AutoReply\n", PARSER_MARK_SUPPRESS },
  { "suppress-receipts-alone",             "X-Auto-Response-Suppress: RN, NRN\n",        0 },
  { "spam-flag",                           "X-Spam-Flag: YES\n",                         PARSER_MARK_SPAM },
  { "spam-status",                         "X-Spam-Status: Yes, score=9\n",              PARSER_MARK_SPAM },
  { "spam-flag-no",                        "X-Spam-Flag: NO\nX-Spam-Status: No, score=0\n", 0 },
  { "our-own-loop",                        "X-Loop: optout@metrix.example\n",            PARSER_MARK_OWN_LOOP },
  { "our-own-loop-among-others",           "X-Loop: a@b.example\nX-Loop: Optout@metrix.example\n", PARSER_MARK_OWN_LOOP },
  { "somebody-elses-loop",                 "X-Loop: a@b.example\n",                      0 },
  { "delivered-to-is-no-loop",             "Delivered-To: optout@metrix.example\n",      0 },
  { "a-null-sender",                       "Return-Path: <>\n",                          PARSER_MARK_NULL_SENDER },
  { "a-null-sender-as-postfix-names-it",   "Return-Path: <MAILER-DAEMON>\n",             PARSER_MARK_NULL_SENDER },
  { "the-topmost-return-path-counts",      "Return-Path: <a@b.example>\nReturn-Path: <>\n", 0 },
};

#define TO_US "Received: from relay.example by mx.metrix.example; Sat, 21 Nov 2026 10:00:00 +0000\n"
#define FAR "Received: from x by relay.example; Sat, 21 Nov 2026 09:59:00 +0000\n"
#define FROM "From: ann@example.org\n"
#define AR "Authentication-Results: "
#define US "mx.metrix.example"
static const struct { const char *name, *header; ParserProof want; const char *detail; } auth_cases[] = {
  { "dmarc",                               TO_US AR US "; dmarc=pass header.from=example.org\n" FAR FROM, PARSER_PROOF_DMARC, "dmarc=pass header.from=example.org" },
  { "above-our-own-hop",                   AR US "; dmarc=pass header.from=example.org\n" TO_US FAR FROM, PARSER_PROOF_DMARC, "dmarc=pass header.from=example.org" },
  { "version-1",                           AR US " 1; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_DMARC, "dmarc=pass header.from=example.org" },
  { "version-2-is-not-understood",         AR US " 2; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "aligned-dkim",                        AR US "; dkim=pass (2048-bit key) header.d=example.org\n" FROM, PARSER_PROOF_DKIM, "dkim=pass header.d=example.org" },
  { "aligned-dkim-of-a-parent",            AR US "; dkim=pass header.d=example.org\nFrom: ann@mail.example.org\n", PARSER_PROOF_DKIM, "dkim=pass header.d=example.org" },
  { "dkim-by-identity",                    AR US "; dkim=pass header.i=@example.org\n" FROM, PARSER_PROOF_DKIM, "dkim=pass header.i=example.org" },
  { "dkim-of-another",                     AR US "; dkim=pass header.d=evil.example\n" FROM, PARSER_PROOF_NONE, NULL },
  { "dkim-of-a-sibling",                   AR US "; dkim=pass header.d=a.example.org\nFrom: ann@b.example.org\n", PARSER_PROOF_DKIM, "dkim=pass header.d=a.example.org" },
  { "dkim-of-a-sibling-below-a-two-part-suffix", AR US "; dkim=pass header.d=a.shop.co.uk\nFrom: ann@b.shop.co.uk\n", PARSER_PROOF_DKIM, "dkim=pass header.d=a.shop.co.uk" },
  { "dkim-of-who-has-the-same-suffix",     AR US "; dkim=pass header.d=evil.co.uk\nFrom: ann@shop.co.uk\n", PARSER_PROOF_NONE, NULL },
  { "dkim-of-the-suffix-itself",           AR US "; dkim=pass header.d=co.uk\nFrom: ann@shop.co.uk\n", PARSER_PROOF_NONE, NULL },
  { "dkim-of-another-customer-of-a-host",  AR US "; dkim=pass header.d=evil.github.io\nFrom: ann@good.github.io\n", PARSER_PROOF_NONE, NULL },
  { "dkim-in-a-domain-beyond-ascii",       AR US "; dkim=pass header.d=a.b\xc3\xbc" "cher.example\nFrom: ann@xn--bcher-kva.example\n", PARSER_PROOF_DKIM, "dkim=pass header.d=a.xn--bcher-kva.example" },
  { "dmarc-asks-for-the-domain-itself",    AR US "; dmarc=pass header.from=example.org\nFrom: ann@a.example.org\n", PARSER_PROOF_NONE, NULL },
  { "an-identity-beside-another-signer",   AR US "; dkim=pass header.d=evil.example header.i=@example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "a-quoted-identity",                   AR US "; dkim=pass header.i=\"@example.org\"\n" FROM, PARSER_PROOF_DKIM, "dkim=pass header.i=example.org" },
  { "a-method-of-version-1",               AR US "; dkim/1=pass header.d=example.org\n" FROM, PARSER_PROOF_DKIM, "dkim=pass header.d=example.org" },
  { "a-method-of-version-2",               AR US "; dkim/2=pass header.d=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "the-second-of-two-signatures",        AR US "; dkim=fail header.d=example.org;\n\tdkim=pass header.d=example.org\n" FROM, PARSER_PROOF_DKIM, "dkim=pass header.d=example.org" },
  { "capitals-anywhere",                   "AUTHENTICATION-RESULTS: Mx.Metrix.EXAMPLE; DKIM=Pass Header.D=Example.ORG\n" FROM, PARSER_PROOF_DKIM, "dkim=pass header.d=example.org" },
  { "dkim-of-a-look-alike",                AR US "; dkim=pass header.d=notexample.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "dkim-of-a-top-level-domain",          AR US "; dkim=pass header.d=org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "aligned-spf-of-a-bounce-domain",      AR US "; spf=pass smtp.mailfrom=bounces.example.org\n" FROM, PARSER_PROOF_SPF, "spf=pass smtp.mailfrom=bounces.example.org" },
  { "spf-of-another",                      AR US "; spf=pass smtp.mailfrom=ann@evil.example\n" FROM, PARSER_PROOF_NONE, NULL },
  { "spf-of-a-greeting",                   AR US "; spf=pass smtp.helo=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "aligned-spf",                         AR US "; spf=pass smtp.mailfrom=ann@example.org\n" FROM, PARSER_PROOF_SPF, "spf=pass smtp.mailfrom=example.org" },
  { "the-best-of-several",                 AR US "; spf=pass smtp.mailfrom=example.org; dkim=pass header.d=example.org;\n dmarc=fail header.from=example.org\n" FROM, PARSER_PROOF_DKIM, "dkim=pass header.d=example.org" },
  { "failed-dmarc",                        AR US "; dmarc=fail header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "dmarc-of-another-domain",             AR US "; dmarc=pass header.from=evil.example\n" FROM, PARSER_PROOF_NONE, NULL },
  { "blanks-around-the-equals-sign",       AR US "; dmarc = pass header.from = example.org\n" FROM, PARSER_PROOF_DMARC, "dmarc=pass header.from=example.org" },
  { "a-reason-is-no-result",               AR US "; spf=fail reason=\"x; dmarc=pass header.from=example.org\"\n" FROM, PARSER_PROOF_NONE, NULL },
  { "a-comment-is-no-result",              AR US "; spf=fail (; dmarc=pass header.from=example.org)\n" FROM, PARSER_PROOF_NONE, NULL },
  { "another-authserv-id",                 AR "mx.evil.example; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "our-name-in-a-comment",               AR "(" US ") mx.evil.example; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "our-name-behind-a-comment",           AR "(x) " US "; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "forged-below-the-border",             TO_US FAR AR US "; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "the-topmost-counts",                  AR US "; dmarc=fail header.from=example.org\n" AR US "; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "two-filters-wrote",                   TO_US AR US "; dmarc=none header.from=example.org\n" AR US ";\n\tdkim=pass header.d=example.org\n" FAR FROM, PARSER_PROOF_DKIM, "dkim=pass header.d=example.org" },
  { "three-filters-wrote",                 AR US "; dmarc=none header.from=example.org\n" AR US "; spf=pass smtp.mailfrom=example.org\n" "X-Spam: no\n" AR US "; dkim=pass header.d=example.org\n" TO_US FROM, PARSER_PROOF_DKIM, "dkim=pass header.d=example.org" },
  { "another-host-of-ours-wrote-between",  AR US "; dmarc=none header.from=example.org\n" AR "in.metrix.example; dmarc=pass header.from=example.org\n" AR US "; dkim=pass header.d=example.org\n" FROM, PARSER_PROOF_DKIM, "dkim=pass header.d=example.org" },
  { "no-second-word-on-a-method",          TO_US AR US "; dkim=none\n" AR US "; dkim=pass header.d=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "no-second-word-on-any-of-several",    TO_US AR US "; dmarc=none header.from=example.org\n" AR US "; spf=fail smtp.mailfrom=evil.example; dkim=fail header.d=example.org\n" AR US "; dmarc=pass header.from=example.org; dkim=pass header.d=example.org; spf=pass smtp.mailfrom=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "forged-below-a-hop-of-ours-that-is-forged", TO_US AR US "; dkim=none\n" TO_US AR US "; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "forged-below-our-hop-and-what-stands-above", AR US "; dkim=none\n" TO_US AR US "; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "forged-between-two-hops-of-others",   FAR AR US "; dmarc=pass header.from=example.org\n" FAR FROM, PARSER_PROOF_NONE, NULL },
  { "forged-below-one-of-a-later-version", AR US " 2; dmarc=none\n" AR US "; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "forged-below-one-without-an-end",     AR US "; spf=fail smtp.mailfrom=a\"b@evil.example\n" AR US "; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "a-quoted-quote-is-no-end",            AR US "; spf=fail smtp.mailfrom=\"a\\\"; dmarc=pass header.from=example.org; x=\\\"\"@evil.example\n" FROM, PARSER_PROOF_NONE, NULL },
  { "a-quoted-bracket-is-no-comment",      AR US "; spf=fail smtp.mailfrom=\"a(b\"@evil.example; dkim=pass header.d=example.org\n" FROM, PARSER_PROOF_DKIM, "dkim=pass header.d=example.org" },
  { "a-bracket-escaped-in-a-comment",      AR US "; spf=fail (a\\); dmarc=pass header.from=example.org;)\n" FROM, PARSER_PROOF_NONE, NULL },
  { "a-comment-without-an-end",            AR US "; dkim=pass header.d=example.org (\n" FROM, PARSER_PROOF_NONE, NULL },
  { "a-comment-inside-a-word",             AR US "; dk(x)im=pass header.d=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "comments-in-comments",                AR US " (a (b) c) 1 (d); dkim (e) = (f) pass (g) header.d (h) = (i) example.org\n" FROM, PARSER_PROOF_DKIM, "dkim=pass header.d=example.org" },
  { "our-name-and-more",                   AR US ".evil.example; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "our-name-quoted",                     AR "\"" US "\"; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "our-name-with-look-alike-letters",    AR "m\xd1\x85.metrix.example; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "our-name-full-width",                 AR "mx\xef\xbc\x8emetrix.example; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "our-name-in-an-encoded-word",         AR "=?us-ascii?q?mx.metrix.example?=; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "our-name-in-a-folded-field",          AR "\n " US ";\n dkim=pass\n header.d=example.org\n" FROM, PARSER_PROOF_DKIM, "dkim=pass header.d=example.org" },
  { "a-field-of-another-name",             "ARC-Authentication-Results: i=1; " US "; dmarc=pass header.from=example.org\nX-Authentication-Results: " US "; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "two-from-fields-have-no-proof",       AR US "; dmarc=pass header.from=example.org\n" FROM FROM, PARSER_PROOF_NONE, NULL },
  { "a-hop-of-a-look-alike-of-ours",       "Received: from x by notmetrix.example; Sat, 21 Nov 2026 10:00:00 +0000\n" AR US "; dmarc=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "two-authors-have-no-proof",           AR US "; dmarc=pass header.from=example.org\n" "From: ann@example.org, bob@example.net\n", PARSER_PROOF_NONE, NULL },
  { "an-unknown-method",                   AR US "; x-magic=pass header.from=example.org\n" FROM, PARSER_PROOF_NONE, NULL },
  { "no-result",                           AR US "; none\n" FROM, PARSER_PROOF_NONE, NULL },
};

static const struct { const char *name, *id; gboolean want; } id_cases[] = {
  { "an-id",                     "<a@b.example>",   TRUE },
  { "two-at-signs",              "<a@b@c>",         TRUE },
  { "no-brackets",               "a@b.example",     FALSE },
  { "no-at-sign",                "<abc>",           FALSE },
  { "nothing-before-the-at",     "<@b>",            FALSE },
  { "nothing-behind-the-at",     "<ab@>",           FALSE },
  { "a-blank",                   "<a b@c>",         FALSE },
  { "a-tab",                     "<a\tb@c>",        FALSE },
  { "a-line-end",                "<a@b\r\nBcc: x>", FALSE },
  { "eight-bits",                "<\xc3\xbc@b>",    FALSE },
  { "brackets-inside",           "<a<b>@c>",        FALSE },
};
/* clang-format on */

static void
test_from (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ParserFacts) facts = read_with (from_cases[i].header, NULL);
  g_assert_cmpstr (facts->from, ==, from_cases[i].from);
  g_assert_cmpstr (facts->from_domains, ==, from_cases[i].domains);
  g_assert_cmpuint (facts->defects & ~PARSER_DEFECT_NO_MESSAGE_ID, ==, from_cases[i].defects);
}

static void
test_spelt (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ParserFacts) facts = read_with (spelt_cases[i].header, NULL);
  g_assert_cmpstr (facts->from_spelt, ==, spelt_cases[i].want);
  if (facts->from_spelt != NULL)
    {
      g_assert_null (facts->from);
      g_assert_null (facts->from_domains);
      g_assert_cmpuint (facts->defects & PARSER_DEFECT_NO_FROM, !=, 0);
    }
}

static void
test_subject (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *header = g_strdup (subject_cases[i].header);
  gsize size = strlen (header);
  if (strchr (header, 'X') && strstr (header, "unX")) /* an X stands for a NUL */
    *strchr (header, 'X') = '\0';
  g_autoptr (ParserFacts) facts = parser_facts_new ();
  g_autoptr (GPtrArray) fields = parser_fields_read ((const guint8 *)header, size, &facts->defects);
  parser_headers_read (fields, NULL, facts);
  g_assert_cmpstr (facts->subject, ==, subject_cases[i].want);
}

static void
test_marks (gconstpointer data)
{
  static const char *const own[] = { "support.metrix.example", NULL };
  const ParserOptions options = { .own_list_ids = own, .loop_marker = "optout@metrix.example" };
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ParserFacts) facts = read_with (mark_cases[i].header, &options);
  g_assert_cmphex (facts->marks, ==, mark_cases[i].marks);
}

static void
test_auth (gconstpointer data)
{
  const ParserOptions options = { .authserv_id = "MX.metrix.example", .trust_authentication_results = TRUE };
  const ParserOptions wary = { .authserv_id = "mx.metrix.example" };
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ParserFacts) facts = read_with (auth_cases[i].header, &options);
  g_assert_cmpstr (parser_proof_name (facts->authenticated), ==, parser_proof_name (auth_cases[i].want));
  g_assert_cmpstr (facts->auth_detail, ==, auth_cases[i].detail);
  g_autoptr (ParserFacts) untrusted = read_with (auth_cases[i].header, &wary);
  g_assert_cmpuint (untrusted->authenticated, ==, PARSER_PROOF_NONE);
}

static void
test_id (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_assert_cmpint (parser_message_id_is_valid (id_cases[i].id, strlen (id_cases[i].id)), ==,
                   id_cases[i].want);
}

static void
test_hops (void)
{
  for (guint hops = PARSER_MAX_HOPS - 1; hops <= PARSER_MAX_HOPS + 1; hops++)
    {
      g_autoptr (GString) header = g_string_new (NULL);
      for (guint i = 0; i < hops; i++)
        g_string_append (header, "Received: from a by b\n");
      g_autoptr (ParserFacts) facts = read_with (header->str, NULL);
      g_assert_cmpint (facts->marks == PARSER_MARK_HOPS, ==, hops > PARSER_MAX_HOPS);
    }
}

static void
test_thread (void)
{
  g_autoptr (GString) header = g_string_new (
      "Message-Id: <x@y.example>\nIn-Reply-To: your mail <p@q.example>; of today\nReferences:");
  for (guint i = 0; i < 150; i++)
    g_string_append_printf (header, "\n <%u@z.example>", i);
  g_string_append (header, " <bro ken@z.example>\n");
  g_autoptr (ParserFacts) facts = read_with (header->str, NULL);
  g_assert_cmpstr (facts->message_id, ==, "<x@y.example>");
  g_assert_cmpstr (facts->identity, ==, "<x@y.example>");
  g_assert_cmpstr (facts->in_reply_to, ==, "<p@q.example>");
  g_assert_cmpuint (g_strv_length (facts->references), ==, PARSER_MAX_REFERENCES);
  g_assert_cmpstr (facts->references[0], ==, "<0@z.example>");
  g_assert_cmpstr (facts->references[1], ==, "<51@z.example>");
  g_assert_cmpstr (facts->references[99], ==, "<149@z.example>");
}

/* However long a row of Subjects is, the facts still go through the pipe. */
static void
test_long_subjects (void)
{
  g_autoptr (GString) header = g_string_new ("Message-ID: <a@b.example>\n");
  g_autofree char *text = g_strnfill (PARSER_MAX_HEADER - 1, 'x');
  for (guint i = 0; i < 10; i++)
    g_string_append_printf (header, "Subject: %s\n", text);
  g_autoptr (ParserFacts) facts = read_with (header->str, NULL);
  g_assert_true (facts->defects & PARSER_DEFECT_PARTIAL);
  g_autoptr (GVariant) variant = g_variant_ref_sink (parser_facts_to_variant (facts));
  g_autoptr (ParserFacts) back = parser_facts_from_variant (variant);
  g_assert_nonnull (back);
}

static void
test_dates (void)
{
  g_autoptr (ParserFacts) facts = read_with ("Received: from a by b; Sat, 21 Nov 2026 10:00:00 +0100\n"
                                             "Received: from c by d; Sat, 21 Nov 2026 08:00:00 +0100\n"
                                             "Date: Sat, 21 Nov 2026 10:00:00 +0000 (UTC)\n",
                                             NULL);
  g_assert_cmpint (facts->date_at, ==, 1795255200);
  g_assert_cmpint (facts->received_at, ==, 1795255200 - 3600);
  g_autoptr (ParserFacts) none = read_with ("Date: yesterday\nReceived: from a by b\n", NULL);
  g_assert_cmpint (none->date_at, ==, 0);
  g_assert_cmpint (none->received_at, ==, 0);
}

/* clang-format off */
static const struct { const char *line, *path; gint64 at; } from_lines[] = {
  { "From ann@example.org Sat Nov 21 10:00:00 2026\n",           "ann@example.org", 1795255200 },
  { "From ann@example.org  Sat Nov 21 10:00:00 +0100 2026\n",    "ann@example.org", 1795255200 - 3600 },
  { "From ann@example.org Sat Nov 21 10:00:00 2026 -0100\n",     "ann@example.org", 1795255200 + 3600 },
  { "From \"john doe\"@example.org Sat Nov  7 10:00:00 2026\n",  "john doe@example.org", 1795255200 - 14 * 86400 },
  { "From MAILER-DAEMON Sat Nov 21 10:00:00 2026\n",             "", 1795255200 },
  { "From - Sat Nov 21 10:00:00 2026\n",                         NULL, 1795255200 },
  { "From ann@example.org\n",                                    "ann@example.org", 0 },
  { "From \n",                                                   NULL, 0 },
};
/* clang-format on */

static void
test_from_line (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (from_lines); i++)
    {
      g_autoptr (ParserFacts) facts = parser_facts_new ();
      parser_from_line_read ((const guint8 *)from_lines[i].line, strlen (from_lines[i].line), facts);
      g_assert_cmpstr (facts->return_path, ==, from_lines[i].path);
      g_assert_cmpint (facts->received_at, ==, from_lines[i].at);
    }
}

static void
test_recipients (void)
{
  g_autoptr (ParserFacts) facts
      = read_with ("X-Original-To: News+x@Metrix.example\nDelivered-To: a@metrix.example\n"
                   "Delivered-To: b@metrix.example\nTo: Us <c@metrix.example>, d@metrix.example\n"
                   "Return-Path: <Ann@example.org>\nReply-To: victim@example.net\n",
                   NULL);
  g_assert_cmpstr (facts->original_to, ==, "news+x@metrix.example");
  g_assert_cmpstr (facts->delivered_to, ==, "a@metrix.example");
  g_assert_cmpstr (facts->to, ==, "c@metrix.example");
  g_assert_cmpstr (facts->return_path, ==, "ann@example.org");
}

/* The digest of a mail without Message-ID is that of the mail, whatever its line ends (REQUIREMENTS 4.3). */
static void
test_identity (void)
{
  static const char *const bodies[]
      = { "stop\nplease\n", "stop\r\nplease\r\n", "stop\rplease", "stop\nplease\n\n" };
  const char *header = "From: ann@example.org\nDate: x\nSubject: y\n";
  guint ignored = 0;
  g_autoptr (GPtrArray) fields = parser_fields_read ((const guint8 *)header, strlen (header), &ignored);
  g_autoptr (ParserFacts) facts = parser_facts_new ();
  g_autofree char *first = parser_identity (fields, facts, (const guint8 *)bodies[0], strlen (bodies[0]));
  g_assert_true (g_str_has_prefix (first, "sha256:"));
  g_assert_cmpuint (strlen (first), ==, 7 + 64);
  for (gsize i = 1; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *other = parser_identity (fields, facts, (const guint8 *)bodies[i], strlen (bodies[i]));
      g_assert_cmpstr (other, ==, first);
    }
  g_autofree char *cut = parser_identity (fields, facts, (const guint8 *)bodies[0], 6);
  g_assert_cmpstr (cut, !=, first);
  g_autofree char *live = parser_identity (fields, facts, (const guint8 *)"From now on stop\n", 17);
  g_autofree char *stored = parser_identity (fields, facts, (const guint8 *)">From now on stop\n\n", 19);
  g_assert_cmpstr (stored, ==, live);
}

/* H8, H18: rows of what opens and never closes. */
static void
test_linear (void)
{
  static const char *const units[]
      = { "(", "\"", "<", ",", "a@b,", "<a@b>", "\\", ";", ":", "[", "((\\", "=?" };
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) header = g_string_new ("From: ");
      while (header->len < PARSER_MAX_HEADER)
        g_string_append (header, units[i]);
      g_string_append (header, "\nReferences: ");
      for (guint n = 0; n < PARSER_MAX_HEADER; n++)
        g_string_append (header, units[i]);
      g_autoptr (GTimer) timer = g_timer_new ();
      g_autoptr (ParserFacts) facts = read_with (header->str, NULL);
      g_assert_cmpint (facts->kind, ==, PARSER_KIND_PERSON);
      g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, 5.0); /* R18 */
    }
}

#define ADD(group, cases, function)                                                                          \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                                                           \
    {                                                                                                        \
      g_autofree char *path = g_strconcat ("/headers/" group "/", cases[i].name, NULL);                      \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), function);                                           \
    }

/* OpenDKIM alone leaves a stranger's field of another method in place. */
static void
test_methods (void)
{
  static const char *const dkim[] = { "dkim", NULL };
  static const char header[]
      = "Authentication-Results: mx.metrix.example; dmarc=pass header.from=example.org\n"
        "Authentication-Results: mx.metrix.example; dkim=pass header.d=example.org\nFrom: a@example.org\n\n";
  ParserOptions options = { .authserv_id = "mx.metrix.example", .trust_authentication_results = TRUE };
  g_autoptr (ParserFacts) all = read_with (header, &options);
  g_assert_cmpuint (all->authenticated, ==, PARSER_PROOF_DMARC);
  options.authentication_methods = dkim;
  g_autoptr (ParserFacts) ours = read_with (header, &options);
  g_assert_cmpuint (ours->authenticated, ==, PARSER_PROOF_DKIM);
}

/* The house of "mail.co.uk" is not all that ends in "co.uk" (R50). */
static void
test_public_suffix (void)
{
  static const char header[]
      = "Received: from x by relay.evil.co.uk; Mon, 16 Nov 2026 10:00:00 +0000\n"
        "Authentication-Results: mail.co.uk; dmarc=pass header.from=example.org\nFrom: a@example.org\n\n";
  const ParserOptions options = { .authserv_id = "Mail.co.uk", .trust_authentication_results = TRUE };
  g_autoptr (ParserFacts) facts = read_with (header, &options);
  g_assert_cmpuint (facts->authenticated, ==, PARSER_PROOF_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/auth/methods-of-ours-alone", test_methods);
  g_test_add_func ("/auth/a-public-suffix-is-nobodys-house", test_public_suffix);
  parser_init ();
  ADD ("from", from_cases, test_from)
  ADD ("from/spelt", spelt_cases, test_spelt)
  ADD ("subject", subject_cases, test_subject)
  ADD ("marks", mark_cases, test_marks)
  ADD ("auth", auth_cases, test_auth)
  ADD ("message-id", id_cases, test_id)
  g_test_add_func ("/headers/marks/fifty-hops-are-the-most", test_hops);
  g_test_add_func ("/headers/threads-keep-their-first-and-last", test_thread);
  g_test_add_func ("/headers/dates-are-utc", test_dates);
  g_test_add_func ("/headers/a-row-of-long-subjects", test_long_subjects);
  g_test_add_func ("/headers/a-from-line-tells-sender-and-date", test_from_line);
  g_test_add_func ("/headers/recipients-are-the-topmost", test_recipients);
  g_test_add_func ("/headers/identity-does-not-depend-on-line-ends", test_identity);
  g_test_add_func ("/headers/cost-is-linear", test_linear);
  return g_test_run ();
}
