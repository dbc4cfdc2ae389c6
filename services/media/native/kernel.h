#ifndef HALLWAY_KERNEL_H
#define HALLWAY_KERNEL_H

#include <sys/socket.h>

#include "plane.h"

address kernel_read(const struct sockaddr_storage *from);

#endif
