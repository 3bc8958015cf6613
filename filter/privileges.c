/* privileges.c - from root to the configured user. */
#include "build-config.h"

#include "privileges.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

static gboolean
fail (GError **error, const char *user, const char *why)
{
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM, "[optout] user = %s: %s", user, why);
  return FALSE;
}

gboolean
filter_privileges_drop (const FilterConfig *config, GError **error)
{
  if (getuid () != 0 && geteuid () != 0)
    return TRUE;
  if (config->user == NULL)
    return fail (error, "", "started as root, and no user is configured to become");
  const struct passwd *user = getpwnam (config->user);
  if (user == NULL || user->pw_uid == 0)
    return fail (error, config->user, user == NULL ? "no such user" : "is root itself");
  if (initgroups (config->user, user->pw_gid) != 0
      || setresgid (user->pw_gid, user->pw_gid, user->pw_gid) != 0
      || setresuid (user->pw_uid, user->pw_uid, user->pw_uid) != 0)
    return fail (error, config->user, g_strerror (errno));
  return setuid (0) != 0 || fail (error, config->user, "is still root");
}
