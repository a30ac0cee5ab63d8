/* Counts what a process does to the files under one folder (writes, syncs, truncations, renames, deletions)
 * and kills the process at call k, as a power switch would: no handler runs, nothing is flushed; or lets that call,
 * alone or with all that follow, fail as a full or failing disk would; or writes down every call, for images of what a
 * disk may hold after a power cut; or stands still before each call until it is told to go on. Preloaded (LD_PRELOAD), so that it works with the SQLCipher that ships.
 * By the environment:
 *   TOURNEE_SHIM_FOLDER    the folder to watch
 *   TOURNEE_SHIM_KILL_AT   die in place of this call (1 is the first); 0 or nothing: only count
 *   TOURNEE_SHIM_HALF      1: of a write at which the process dies, the first half still reaches the file
 *   TOURNEE_SHIM_COUNT     at a clean end, the number of calls is written to this file
 * or, in a process that has forked, by shim_arm(), shim_fail(), shim_pace(), shim_record(), shim_note(), shim_calls(). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
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
static int half, error, sticky, record = -1, said = -1, heard = -1;

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

void shim_arm(const char *watched, long at, int tear) {
    half = tear;
    error = 0;
    atomic_store(&calls, 0);
    atomic_store(&kill_at, at);
    if (!realpath(watched, folder)) folder[0] = 0;
}

/* From the next call on: fail at call `at` with this error number; `stick`: and at all that follow. 0: no more. */
void shim_fail(const char *watched, long at, int number, int stick) {
    shim_arm(watched, at, 0);
    error = number;
    sticky = stick;
}

/* From the next call on: before each, say "call" to one file and wait for a byte of another. */
void shim_pace(int to, int from) { said = to; heard = from; }

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

static int strikes(int watched) {
    if (!watched) return 0;
    long call = atomic_fetch_add(&calls, 1) + 1, at = atomic_load(&kill_at);
    char go;
    if (said >= 0 && (NEXT(write)(said, "call\n", 5) < 5 || read(heard, &go, 1) < 1)) abort();
    return at && (call == at || (error && sticky && call > at));
}

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

/* A line of the record: what was done, to which file, where, how many bytes; then the path and the bytes. */
struct line { char what; int path; long long at, size; };

static void put(char what, const char *path, off_t at, const void *bytes, size_t size, size_t kept) {
    struct line line = {what, (int)strlen(path), at, (long long)size};
    struct iovec parts[] = {{&line, sizeof line}, {(void *)path, strlen(path)}, {(void *)bytes, kept}};
    if (NEXT(writev)(record, parts, 3) < 0) abort();
}

static void put_file(char what, int fd, off_t at, const void *bytes, size_t size, size_t kept) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = 0;
    put(what, path, at, bytes, size, kept);
}

void shim_record(const char *path) { record = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600); }

void shim_note(const char *text) { if (record >= 0) put('A', text, 0, NULL, 0, 0); }

/* What remains is one line per call: is it watched, is it the one, is it written down, then the true call. */
#define CALL(type, name, parameters, arguments, watched, torn, noted) \
    type name parameters { \
        int mine = watched; \
        if (strikes(mine)) { if (error) { errno = error; return -1; } if (half) { torn; } die(); } \
        if (mine && record >= 0) { noted; } \
        return NEXT(name) arguments; \
    }
#define HERE(fd) lseek(fd, 0, SEEK_CUR)
#define UNKNOWN(fd) put_file('?', fd, 0, NULL, 0, 0) /* the images would lie: whoever reads the record gives up */

CALL(ssize_t, write, (int fd, const void *b, size_t n), (fd, b, n), watched_file(fd), NEXT(write)(fd, b, n / 2), put_file('W', fd, HERE(fd), b, n, n))
CALL(ssize_t, pwrite, (int fd, const void *b, size_t n, off_t at), (fd, b, n, at), watched_file(fd), NEXT(pwrite)(fd, b, n / 2, at), put_file('W', fd, at, b, n, n))
CALL(ssize_t, pwrite64, (int fd, const void *b, size_t n, off64_t at), (fd, b, n, at), watched_file(fd), NEXT(pwrite64)(fd, b, n / 2, at), put_file('W', fd, at, b, n, n))
CALL(ssize_t, writev, (int fd, const struct iovec *v, int n), (fd, v, n), watched_file(fd), NEXT(writev)(fd, v, n / 2), UNKNOWN(fd))
CALL(ssize_t, pwritev, (int fd, const struct iovec *v, int n, off_t at), (fd, v, n, at), watched_file(fd), NEXT(pwritev)(fd, v, n / 2, at), UNKNOWN(fd))
CALL(ssize_t, pwritev64, (int fd, const struct iovec *v, int n, off64_t at), (fd, v, n, at), watched_file(fd), NEXT(pwritev64)(fd, v, n / 2, at), UNKNOWN(fd))
CALL(ssize_t, sendfile, (int to, int from, off_t *at, size_t n), (to, from, at, n), watched_file(to), NEXT(sendfile)(to, from, at, n / 2), UNKNOWN(to))
CALL(ssize_t, sendfile64, (int to, int from, off64_t *at, size_t n), (to, from, at, n), watched_file(to), NEXT(sendfile64)(to, from, at, n / 2), UNKNOWN(to))
CALL(int, fsync, (int fd), (fd), watched_file(fd), , put_file('S', fd, 0, NULL, 0, 0))
CALL(int, fdatasync, (int fd), (fd), watched_file(fd), , put_file('S', fd, 0, NULL, 0, 0))
CALL(int, ftruncate, (int fd, off_t n), (fd, n), watched_file(fd), , put_file('T', fd, n, NULL, 0, 0))
CALL(int, ftruncate64, (int fd, off64_t n), (fd, n), watched_file(fd), , put_file('T', fd, n, NULL, 0, 0))
CALL(int, rename, (const char *from, const char *to), (from, to), watched_path(to), , put('R', from, 0, to, strlen(to), strlen(to)))
CALL(int, link, (const char *from, const char *to), (from, to), watched_path(to), , put('?', to, 0, NULL, 0, 0))
CALL(int, unlink, (const char *path), (path), watched_path(path), , put('U', path, 0, NULL, 0, 0))
CALL(int, mkdir, (const char *path, mode_t mode), (path, mode), watched_path(path), , put('M', path, 0, NULL, 0, 0))
