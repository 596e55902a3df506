/*
 * Stands between a process and its disk (LD_PRELOAD).
 *
 * 1. A loss of power: of the files under DISK_ROOT what has been synced, and nothing else, goes to DISK_SHADOW: the bytes
 *    of a file when it is synced, its name when its directory is. After a kill -9 the shadow is what a disk would hold that
 *    keeps no more than it has promised.
 * 2. Errors: DISK_CONTROL is a file of bytes that is looked at before each call, so that a test can switch them.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* The bytes of DISK_CONTROL, for the database's files and for those of the spool. The first two hold an errno. */
enum { WRITES = 0, SYNCS = 1, LYING_SYNCS = 2, OPENS = 3, PER_KIND = 4 };
enum { DATABASE = 0, SPOOL = 1, OTHER = 2 };

struct change {
  struct change *next;
  unsigned long number;
  ino_t inode;
  off_t offset; /* -1: cut to `length` */
  size_t length;
  unsigned char bytes[];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct change *first, **last = &first;
static unsigned long changes;
static const char *root, *shadow;
static const volatile unsigned char *control;
static size_t root_length;

#define REAL(result, name, ...) static result (*real_##name)(__VA_ARGS__)
REAL(int, open64, const char *, int, ...);
REAL(int, openat, int, const char *, int, ...);
REAL(ssize_t, write, int, const void *, size_t);
REAL(ssize_t, pwrite64, int, const void *, size_t, off_t);
REAL(ssize_t, writev, int, const struct iovec *, int);
REAL(ssize_t, pwritev, int, const struct iovec *, int, off_t);
REAL(int, ftruncate64, int, off_t);
REAL(int, fsync, int);
REAL(int, fdatasync, int);

__attribute__((constructor)) static void begin(void) {
#define FIND(name) real_##name = dlsym(RTLD_NEXT, #name)
  FIND(open64); FIND(openat); FIND(write); FIND(pwrite64); FIND(writev);
  FIND(pwritev); FIND(ftruncate64); FIND(fsync); FIND(fdatasync);
  root = getenv("DISK_ROOT");
  shadow = getenv("DISK_SHADOW");
  root_length = root == NULL ? 0 : strlen(root);
  const char *path = getenv("DISK_CONTROL");
  int fd = path == NULL ? -1 : real_open64(path, O_RDONLY);
  if (fd < 0) { fprintf(stderr, "DISK_CONTROL: %s\n", strerror(errno)); abort(); }
  control = mmap(NULL, 2 * PER_KIND, PROT_READ, MAP_SHARED, fd, 0);
  if (control == MAP_FAILED) abort();
}

static int kind_of(const char *path) {
  if (strstr(path, "/hookswitch.db") != NULL) return DATABASE;
  size_t length = strlen(path);
  return length > 6 && strcmp(path + length - 6, ".spool") == 0 ? SPOOL : OTHER;
}

static int controlled(int kind, int what) { return kind == OTHER ? 0 : control[kind * PER_KIND + what]; }

/* The path of a file or directory under the root; 0 where it is none. The index of the log is memory, not disk. */
static int path_of(int fd, char *path, size_t size, struct stat *status) {
  if (root == NULL || fstat(fd, status) != 0) return 0;
  if (!S_ISREG(status->st_mode) && !S_ISDIR(status->st_mode)) return 0;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, size - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return strncmp(path, root, root_length) == 0 && strstr(path, "-shm") == NULL;
}

static void note(ino_t inode, off_t offset, const void *bytes, size_t length) {
  struct change *change = malloc(sizeof *change + (offset < 0 ? 0 : length));
  if (change == NULL) abort();
  *change = (struct change){ .inode = inode, .offset = offset, .length = length };
  if (offset >= 0) memcpy(change->bytes, bytes, length);
  pthread_mutex_lock(&lock);
  change->number = ++changes;
  *last = change;
  last = &change->next;
  pthread_mutex_unlock(&lock);
}

static int shadow_of(ino_t inode) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%llu", shadow, (unsigned long long)inode);
  int fd = real_open64(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0) abort();
  return fd;
}

/* Only what was there when the sync began: what came during it may have been missed by it. */
static void take_to_shadow(ino_t inode, unsigned long through) {
  int fd = shadow_of(inode);
  pthread_mutex_lock(&lock);
  for (struct change **at = &first; *at != NULL;) {
    struct change *change = *at;
    if (change->inode != inode || change->number > through) { at = &change->next; continue; }
    if (change->offset < 0) {
      if (real_ftruncate64(fd, change->length) != 0) abort();
    } else if (real_pwrite64(fd, change->bytes, change->length, change->offset) != (ssize_t)change->length) abort();
    *at = change->next;
    free(change);
  }
  last = &first;
  while (*last != NULL) last = &(*last)->next;
  pthread_mutex_unlock(&lock);
  close(fd);
}

/* The names in a directory, each with its inode. */
static void names_to_shadow(const char *path) {
  char name[4096], list[4200];
  snprintf(name, sizeof name, "%s", path + root_length);
  for (char *at = name; *at != 0; at++) if (*at == '/') *at = '%';
  snprintf(list, sizeof list, "%s/names%s", shadow, name);
  int fd = real_open64(list, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);
  DIR *directory = opendir(path);
  if (fd < 0 || directory == NULL) abort();
  for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
    char line[512];
    if (entry->d_type != DT_REG) continue;
    int length = snprintf(line, sizeof line, "%llu %s\n", (unsigned long long)entry->d_ino, entry->d_name);
    if (real_write(fd, line, length) != length) abort();
  }
  closedir(directory);
  close(fd);
}

static int opened(int fd, int flags) {
  struct stat status;
  char path[4096];
  if (fd >= 0 && (flags & (O_CREAT | O_TRUNC)) && path_of(fd, path, sizeof path, &status) && status.st_size == 0)
    note(status.st_ino, -1, NULL, 0);
  return fd;
}

static int refused_open(const char *path, int flags) {
  int error = (flags & O_ACCMODE) == O_RDONLY ? 0 : controlled(kind_of(path), OPENS);
  if (error != 0) errno = error;
  return error;
}

static mode_t mode_in(int flags, va_list rest) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; }

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_in(flags, rest);
  va_end(rest);
  return refused_open(path, flags) ? -1 : opened(real_open64(path, flags, mode), flags);
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_in(flags, rest);
  va_end(rest);
  return open64(path, flags, mode);
}

int openat(int directory, const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_in(flags, rest);
  va_end(rest);
  return refused_open(path, flags) ? -1 : opened(real_openat(directory, path, flags, mode), flags);
}

/* Whether a call fails by order; else where the file is, so that what was done can be noted. */
static int refused(int fd, int what, ino_t *inode, int *is_directory, char *path) {
  struct stat status;
  *inode = 0;
  if (!path_of(fd, path, 4096, &status)) return 0;
  int error = controlled(kind_of(path), what);
  if (error != 0) { errno = error; return 1; }
  *inode = status.st_ino;
  *is_directory = S_ISDIR(status.st_mode);
  return 0;
}

static ssize_t written(ino_t inode, off_t offset, const struct iovec *parts, ssize_t length) {
  for (ssize_t left = length; inode != 0 && left > 0; parts++) {
    size_t part = left < (ssize_t)parts->iov_len ? (size_t)left : parts->iov_len;
    note(inode, offset, parts->iov_base, part);
    offset += part;
    left -= part;
  }
  return length;
}

/* What a write to a file that was opened with O_DSYNC has still to do: such a write is a sync as well. */
static ssize_t with_sync(int fd, ino_t inode, const char *path, ssize_t length) {
  if (inode == 0 || length < 0 || !(fcntl(fd, F_GETFL) & O_DSYNC)) return length;
  int error = controlled(kind_of(path), SYNCS);
  if (error != 0) { errno = error; return -1; }
  if (controlled(kind_of(path), LYING_SYNCS) || shadow == NULL) return length;
  pthread_mutex_lock(&lock);
  unsigned long through = changes;
  pthread_mutex_unlock(&lock);
  take_to_shadow(inode, through);
  return length;
}

#define BEFORE(what)                                          \
  ino_t inode;                                                \
  int is_directory = 0;                                       \
  char path[4096];                                            \
  if (refused(fd, what, &inode, &is_directory, path)) return -1

ssize_t writev(int fd, const struct iovec *parts, int count) {
  BEFORE(WRITES);
  off_t offset = inode == 0 ? 0 : lseek(fd, 0, SEEK_CUR);
  return with_sync(fd, inode, path, written(inode, offset, parts, real_writev(fd, parts, count)));
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  BEFORE(WRITES);
  return with_sync(fd, inode, path, written(inode, offset, parts, real_pwritev(fd, parts, count, offset)));
}

ssize_t write(int fd, const void *bytes, size_t length) {
  BEFORE(WRITES);
  off_t offset = inode == 0 ? 0 : lseek(fd, 0, SEEK_CUR);
  struct iovec part = { (void *)bytes, length };
  return with_sync(fd, inode, path, written(inode, offset, &part, real_write(fd, bytes, length)));
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) {
  BEFORE(WRITES);
  struct iovec part = { (void *)bytes, length };
  return with_sync(fd, inode, path, written(inode, offset, &part, real_pwrite64(fd, bytes, length, offset)));
}

int ftruncate64(int fd, off_t length) {
  BEFORE(WRITES);
  int result = real_ftruncate64(fd, length);
  if (result == 0 && inode != 0) note(inode, -1, NULL, length);
  return result;
}

static int synced(int fd, int (*sync)(int)) {
  BEFORE(SYNCS);
  if (inode != 0 && controlled(kind_of(path), LYING_SYNCS)) return 0;
  pthread_mutex_lock(&lock);
  unsigned long through = changes;
  pthread_mutex_unlock(&lock);
  int result = sync(fd);
  if (result != 0 || inode == 0 || shadow == NULL) return result;
  if (is_directory) names_to_shadow(path);
  else take_to_shadow(inode, through);
  return result;
}

int fsync(int fd) { return synced(fd, real_fsync); }
int fdatasync(int fd) { return synced(fd, real_fdatasync); }
