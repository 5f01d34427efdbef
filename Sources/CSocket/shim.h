// The C library declares this for _GNU_SOURCE only, so that it is not in the module Glibc: sends the `count` datagrams
// of an array of `struct mmsghdr`.
int sendmmsg(int descriptor, void *datagrams, unsigned int count, int flags);
