/**
 * Paths that nobody finds by following a link and that programs try on every site: what is left lying about, known
 * holes, and the doors of content systems. Each stands for itself and, with a slash at its end, for all below it.
 */
const PATHS: readonly string[] = [
  "/.env",
  "/.git/",
  "/.svn/",
  "/.hg/",
  "/.aws/",
  "/.ssh/",
  "/.htpasswd",
  "/.htaccess",
  "/.ds_store",
  "/.vscode/",
  "/.well-known/security.php",
  "/wp-login.php",
  "/wp-config.php",
  "/wp-config.php.bak",
  "/wp-admin/install.php",
  "/wp-admin/setup-config.php",
  "/wp-includes/wlwmanifest.xml",
  "/xmlrpc.php",
  "/administrator/index.php",
  "/user/login.php",
  "/phpmyadmin/",
  "/pma/",
  "/myadmin/",
  "/adminer.php",
  "/phpinfo.php",
  "/info.php",
  "/shell.php",
  "/eval-stdin.php",
  "/vendor/phpunit/",
  "/cgi-bin/",
  "/server-status",
  "/actuator/",
  "/manager/html",
  "/jenkins/script",
  "/solr/admin/",
  "/owa/auth/",
  "/boaform/",
  "/hnap1/",
  "/gponform/",
  "/autodiscover/autodiscover.xml",
  "/_ignition/execute-solution",
  "/config.json.bak",
  "/backup.sql",
  "/dump.sql",
  "/db.sql",
];

/** Where a content system stands below the root, its doors are looked for there too. */
const FOLDERS =
  /^\/(?:wordpress|wp|blog|cms|site|web|old|new|test|backup|2019|2020|2021|2022|2023|2024|2025|2026)(?=\/)/;

/** The scanner's path that a page's path is, or lies below; null for any other. */
export function scannerPath(pagePath: string): string | null {
  const path = pagePath.toLowerCase().replaceAll(/\/{2,}/g, "/");
  return named(path) ?? named(path.replace(FOLDERS, ""));
}

function named(path: string): string | null {
  return (
    PATHS.find((known) => path === known || (known.endsWith("/") && `${path}/`.startsWith(known))) ?? null
  );
}
