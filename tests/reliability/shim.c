/* Counts what a process does to the files under one folder (writes, syncs, truncations, renames, deletions)
 * and kills the process at call k, as a power switch would: no handler runs, nothing is flushed.
 * Preloaded (LD_PRELOAD), so that it works with the SQLCipher that ships. By the environment:
 *   TOURNEE_SHIM_FOLDER    the folder to watch
 *   TOURNEE_SHIM_KILL_AT   die in place of this call (1 is the first); 0 or nothing: only count
 *   TOURNEE_SHIM_HALF      1: of a write at which the process dies, the first half still reaches the file
 *   TOURNEE_SHIM_COUNT     at a clean end, the number of calls is written to this file
 * or, in a process that has forked, by shim_arm() and shim_calls(). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[PATH_MAX];
static atomic_long calls, kill_at;
static int half;

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

void shim_arm(const char *watched, long at, int tear) {
    half = tear;
    atomic_store(&calls, 0);
    atomic_store(&kill_at, at);
    if (!realpath(watched, folder)) folder[0] = 0;
}

long shim_calls(void) { return atomic_load(&calls); }

__attribute__((constructor)) static void begin(void) {
    const char *watched = getenv("TOURNEE_SHIM_FOLDER"), *at = getenv("TOURNEE_SHIM_KILL_AT");
    if (watched) shim_arm(watched, at ? atol(at) : 0, getenv("TOURNEE_SHIM_HALF") != NULL);
}

__attribute__((destructor)) static void end(void) {
    const char *count = getenv("TOURNEE_SHIM_COUNT");
    FILE *file = count ? fopen(count, "w") : NULL;
    if (file) { fprintf(file, "%ld\n", shim_calls()); fclose(file); }
}

static int watched_path(const char *path) {
    size_t length = strlen(folder);
    return length && !strncmp(path, folder, length) && path[length] == '/';
}

static int watched_file(int fd) {
    char link[64], path[PATH_MAX];
    if (!folder[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return watched_path(path);
}

static int dies(int watched) {
    return watched && atomic_fetch_add(&calls, 1) + 1 == atomic_load(&kill_at);
}

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

/* What remains is one line per call: is it watched, is it the one, then the true call. */
#define CALL(type, name, parameters, arguments, watched, torn) \
    type name parameters { if (dies(watched)) { if (half) { torn; } die(); } return NEXT(name) arguments; }

CALL(ssize_t, write, (int fd, const void *b, size_t n), (fd, b, n), watched_file(fd), NEXT(write)(fd, b, n / 2))
CALL(ssize_t, pwrite, (int fd, const void *b, size_t n, off_t at), (fd, b, n, at), watched_file(fd), NEXT(pwrite)(fd, b, n / 2, at))
CALL(ssize_t, pwrite64, (int fd, const void *b, size_t n, off64_t at), (fd, b, n, at), watched_file(fd), NEXT(pwrite64)(fd, b, n / 2, at))
CALL(ssize_t, writev, (int fd, const struct iovec *v, int n), (fd, v, n), watched_file(fd), NEXT(writev)(fd, v, n / 2))
CALL(ssize_t, pwritev, (int fd, const struct iovec *v, int n, off_t at), (fd, v, n, at), watched_file(fd), NEXT(pwritev)(fd, v, n / 2, at))
CALL(ssize_t, pwritev64, (int fd, const struct iovec *v, int n, off64_t at), (fd, v, n, at), watched_file(fd), NEXT(pwritev64)(fd, v, n / 2, at))
CALL(ssize_t, sendfile, (int to, int from, off_t *at, size_t n), (to, from, at, n), watched_file(to), NEXT(sendfile)(to, from, at, n / 2))
CALL(ssize_t, sendfile64, (int to, int from, off64_t *at, size_t n), (to, from, at, n), watched_file(to), NEXT(sendfile64)(to, from, at, n / 2))
CALL(int, fsync, (int fd), (fd), watched_file(fd), )
CALL(int, fdatasync, (int fd), (fd), watched_file(fd), )
CALL(int, ftruncate, (int fd, off_t n), (fd, n), watched_file(fd), )
CALL(int, ftruncate64, (int fd, off64_t n), (fd, n), watched_file(fd), )
CALL(int, rename, (const char *from, const char *to), (from, to), watched_path(to), )
CALL(int, link, (const char *from, const char *to), (from, to), watched_path(to), )
CALL(int, unlink, (const char *path), (path), watched_path(path), )
CALL(int, mkdir, (const char *path, mode_t mode), (path, mode), watched_path(path), )
