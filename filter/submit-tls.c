/* submit-tls.c - see submit-tls.h */
#include "build-config.h"

#include "submit-tls.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

#define CHAIN_MOST 16

typedef struct
{
  gnutls_x509_crt_t certificates[CHAIN_MOST];
  guint n;
} Chain;

static void
chain_clear (Chain *chain)
{
  for (guint i = 0; i < chain->n; i++)
    gnutls_x509_crt_deinit (chain->certificates[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chain, chain_clear)

static void
trust_free (gnutls_x509_trust_list_t trust)
{
  gnutls_x509_trust_list_deinit (trust, 1);
}
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_x509_trust_list_t, trust_free, NULL)

/* As libetpan hands it out, the server's own first. FALSE: one cannot be read, or there are too many. */
static gboolean
read_chain (mailstream *stream, Chain *chain)
{
  carray *octets = mailstream_get_certificate_chain (stream);
  gboolean done = octets != NULL && carray_count (octets) > 0 && carray_count (octets) <= CHAIN_MOST;
  for (guint i = 0; done && i < carray_count (octets); i++)
    {
      const MMAPString *one = carray_get (octets, i);
      gnutls_datum_t der = { (unsigned char *)one->str, (unsigned int)one->len };
      done = gnutls_x509_crt_init (&chain->certificates[i]) == 0;
      chain->n += done;
      done = done && gnutls_x509_crt_import (chain->certificates[i], &der, GNUTLS_X509_FMT_DER) == 0;
    }
  if (octets != NULL)
    mailstream_certificate_chain_free (octets);
  return done;
}

/* The first that applies is said; what cures the most stands first. */
static const struct
{
  guint status;
  const char *words;
} faults[] = {
  { GNUTLS_CERT_UNEXPECTED_OWNER,
    "is not for that host name: [reply] submit is to name the one that it bears" },
  { GNUTLS_CERT_NOT_ACTIVATED, "is not valid yet" },
  { GNUTLS_CERT_EXPIRED, "has expired" },
  { GNUTLS_CERT_REVOKED, "is revoked" },
  { GNUTLS_CERT_PURPOSE_MISMATCH, "is not for servers" },
  { GNUTLS_CERT_INSECURE_ALGORITHM, "is signed with an algorithm that is not secure" },
};

static const char *
words_for (guint status, const Chain *chain)
{
  if ((status & GNUTLS_CERT_SIGNER_NOT_FOUND) != 0)
    return gnutls_x509_crt_check_issuer (chain->certificates[0], chain->certificates[0]) != 0
               ? "is signed by itself, and nobody trusted vouches for it: if it is yours, name it in [reply] "
                 "ca-file"
               : "is signed by nobody who is trusted (see [reply] ca-file), or the server does not send what "
                 "lies between";
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if ((status & faults[i].status) != 0)
      return faults[i].words;
  return "is not right";
}

static gboolean
trust_somebody (gnutls_x509_trust_list_t trust, const char *ca_file)
{
  int n = ca_file == NULL
              ? gnutls_x509_trust_list_add_system_trust (trust, 0, 0)
              : gnutls_x509_trust_list_add_trust_file (trust, ca_file, NULL, GNUTLS_X509_FMT_PEM, 0, 0);
  return n > 0;
}

gboolean
filter_tls_check (mailstream *stream, const char *host, const char *ca_file, char **why_out)
{
  g_auto (gnutls_x509_trust_list_t) trust = NULL;
  g_auto (Chain) chain = { .n = 0 };
  gnutls_typed_vdata_st wanted[]
      = { { .type = GNUTLS_DT_DNS_HOSTNAME, .data = (unsigned char *)host },
          { .type = GNUTLS_DT_KEY_PURPOSE_OID, .data = (unsigned char *)GNUTLS_KP_TLS_WWW_SERVER } };
  guint status = 0;
  if (gnutls_x509_trust_list_init (&trust, 0) != 0 || !trust_somebody (trust, ca_file))
    {
      *why_out
          = g_strdup_printf ("%s: no certificate of anybody who is trusted can be read ([reply] ca-file)",
                             ca_file != NULL ? ca_file : "the system's list");
      return FALSE;
    }
  if (!read_chain (stream, &chain))
    {
      *why_out = g_strdup_printf ("the server gives no certificate that can be read");
      return FALSE;
    }
  int reason = gnutls_x509_trust_list_verify_crt2 (trust, chain.certificates, chain.n, wanted,
                                                   G_N_ELEMENTS (wanted), 0, &status, NULL);
  if (reason == 0 && status == 0)
    return TRUE;
  *why_out = g_strdup_printf ("the certificate of %s %s", host,
                              reason != 0 ? gnutls_strerror (reason) : words_for (status, &chain));
  return FALSE;
}
