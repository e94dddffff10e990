/* A disk that falls ill at a chosen call: loaded before libc, it fails calls about files below one place. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char place[4096];
static long when, lasts, seen;
static int reason;

/* Let the `at`th call below `below` fail with `error`, and all after it where `lasting`; 0 heals. */
void sick_from(const char *below, long at, int error, int lasting) {
    strncpy(place, below, sizeof place - 1);
    when = at; reason = error; lasts = lasting;
    __atomic_store_n(&seen, 0, __ATOMIC_SEQ_CST);
}

long sick_seen(void) { return __atomic_load_n(&seen, __ATOMIC_SEQ_CST); }

static int fails(const char *path) {
    if (!place[0] || !path || strncmp(path, place, strlen(place))) return 0;
    long now = __atomic_add_fetch(&seen, 1, __ATOMIC_SEQ_CST);
    if (!when || !(now == when || (lasts && now > when))) return 0;
    errno = reason;
    return 1;
}

static int fails_at(int fd) {
    char link[64], path[4096];
    if (!place[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int before = errno;
    ssize_t size = readlink(link, path, sizeof path - 1);
    errno = before;
    if (size <= 0) return 0;
    path[size] = 0;
    return fails(path);
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, name)

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more); \
        REAL(int, #name, const char *, int, ...); \
        return fails(path) ? -1 : real(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define ON_FILE(type, name, declared, passed, types) \
    type name declared { REAL(type, #name, types); return fails_at(fd) ? -1 : real passed; }
#define LIST(...) __VA_ARGS__
ON_FILE(ssize_t, write, (int fd, const void *from, size_t size), (fd, from, size), LIST(int, const void *, size_t))
ON_FILE(ssize_t, pwrite, (int fd, const void *from, size_t size, off_t at), (fd, from, size, at), LIST(int, const void *, size_t, off_t))
ON_FILE(ssize_t, pwrite64, (int fd, const void *from, size_t size, off64_t at), (fd, from, size, at), LIST(int, const void *, size_t, off64_t))
ON_FILE(ssize_t, read, (int fd, void *to, size_t size), (fd, to, size), LIST(int, void *, size_t))
ON_FILE(ssize_t, pread, (int fd, void *to, size_t size, off_t at), (fd, to, size, at), LIST(int, void *, size_t, off_t))
ON_FILE(ssize_t, pread64, (int fd, void *to, size_t size, off64_t at), (fd, to, size, at), LIST(int, void *, size_t, off64_t))
ON_FILE(int, fsync, (int fd), (fd), int)
ON_FILE(int, fdatasync, (int fd), (fd), int)
ON_FILE(int, ftruncate, (int fd, off_t size), (fd, size), LIST(int, off_t))
ON_FILE(int, ftruncate64, (int fd, off64_t size), (fd, size), LIST(int, off64_t))

int mkdir(const char *path, mode_t mode) { REAL(int, "mkdir", const char *, mode_t); return fails(path) ? -1 : real(path, mode); }
int rename(const char *from, const char *to) { REAL(int, "rename", const char *, const char *); return fails(to) ? -1 : real(from, to); }
int link(const char *from, const char *to) { REAL(int, "link", const char *, const char *); return fails(to) ? -1 : real(from, to); }
int linkat(int one, const char *from, int other, const char *to, int flags) {
    REAL(int, "linkat", int, const char *, int, const char *, int);
    return fails(to) ? -1 : real(one, from, other, to, flags);
}
