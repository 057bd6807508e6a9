// Put before every C++ source of llama.cpp (scripts/setup.sh). GCC 12, Debian's, tells its optimiser that _tile_loadconfig reads the first 8 of the
// configuration's 64 bytes (amxtileintrin.h), and so drops the writes to the others: the next tile instruction ends the program on processors that
// have AMX ("illegal instruction"). This says the whole truth.
#pragma once
#if defined(__AMX_TILE__) && defined(__GNUC__) && !defined(__clang__)
#include <immintrin.h>
#define _tile_loadconfig(config) __asm__ volatile("ldtilecfg %0" ::"m"(*(const char(*)[64])(config)))
#endif
