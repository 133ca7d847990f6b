/* Components of identifier edges in plain C, to compare IdentityEdges with.

   usage: components str FILE.tsv   two texts a line, interned by FNV-1a in an open-addressing table
          components int FILE.bin   two little-endian 32-bit numbers an edge
   The file is read before the clock starts for int, and within the time for str. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct { uint64_t hash; const char *text; uint32_t length, number; } Slot;

static uint32_t *parents, *sizes, node_count, node_room;

static double seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

static void add_nodes(uint32_t count) {
  while (node_room < count) {
    node_room = node_room ? node_room * 2 : 1 << 16;
    parents = realloc(parents, node_room * sizeof *parents);
    sizes = realloc(sizes, node_room * sizeof *sizes);
  }
  for (; node_count < count; node_count++) {
    parents[node_count] = node_count;
    sizes[node_count] = 1;
  }
}

static uint32_t root(uint32_t node) {
  while (parents[node] != node) node = parents[node] = parents[parents[node]];
  return node;
}

static void join(uint32_t left, uint32_t right) {
  left = root(left);
  right = root(right);
  if (left == right) return;
  if (sizes[left] < sizes[right]) { uint32_t other = left; left = right; right = other; }
  parents[right] = left;
  sizes[left] += sizes[right];
}

static Slot *slots;
static uint64_t slot_count, used;

static void grow(void) {
  uint64_t old_count = slot_count;
  Slot *old = slots;
  slot_count = old_count ? old_count * 2 : 1 << 16;
  slots = calloc(slot_count, sizeof *slots);
  for (uint64_t i = 0; i < old_count; i++) {
    if (!old[i].text) continue;
    uint64_t place = old[i].hash & (slot_count - 1);
    while (slots[place].text) place = (place + 1) & (slot_count - 1);
    slots[place] = old[i];
  }
  free(old);
}

static uint32_t intern(const char *text, uint32_t length, uint64_t hash) {
  if (2 * (used + 1) > slot_count) grow();
  uint64_t place = hash & (slot_count - 1);
  for (; slots[place].text; place = (place + 1) & (slot_count - 1)) {
    Slot *slot = &slots[place];
    if (slot->hash == hash && slot->length == length && !memcmp(slot->text, text, length)) return slot->number;
  }
  slots[place] = (Slot){hash, text, length, (uint32_t)used++};
  add_nodes((uint32_t)used);
  return slots[place].number;
}

int main(int count, char **arguments) {
  if (count != 3) return 64;
  double start = seconds(CLOCK_MONOTONIC);
  FILE *file = fopen(arguments[2], "rb");
  if (!file) return 1;
  fseek(file, 0, SEEK_END);
  long size = ftell(file), edges = 0;
  rewind(file);
  char *bytes = malloc(size + 1);
  if (fread(bytes, 1, size, file) != (size_t)size) return 1;
  if (!strcmp(arguments[1], "int")) {
    uint32_t *numbers = (uint32_t *)bytes, largest = 0;
    edges = size / 8;
    start = seconds(CLOCK_MONOTONIC);
    for (long i = 0; i < 2 * edges; i++) if (numbers[i] > largest) largest = numbers[i];
    add_nodes(largest + 1);
    for (long i = 0; i < edges; i++) join(numbers[2 * i], numbers[2 * i + 1]);
  } else {
    for (char *next = bytes, *end = bytes + size; next < end; edges++) {
      uint32_t pair[2];
      for (int side = 0; side < 2; side++) {
        char *text = next;
        uint64_t hash = 14695981039346656037ull;
        for (; next < end && *next != '\t' && *next != '\n'; next++) hash = (hash ^ (uint8_t)*next) * 1099511628211ull;
        pair[side] = intern(text, (uint32_t)(next - text), hash ^ hash >> 32);
        next++;
      }
      join(pair[0], pair[1]);
    }
  }
  double joined = seconds(CLOCK_MONOTONIC);
  uint32_t components = 0, largest = 0;
  uint32_t *labels = malloc((size_t)node_count * sizeof *labels + 1);
  for (uint32_t node = 0; node < node_count; node++) {
    labels[node] = root(node);
    if (labels[node] != node) continue;
    components++;
    if (sizes[node] > largest) largest = sizes[node];
  }
  double end = seconds(CLOCK_MONOTONIC);
  printf(
    "{\"nodes\":%u,\"edges\":%ld,\"components\":%u,\"largest\":%u,\"union_s\":%.3f,\"label_s\":%.3f,\"edges_per_s\":%.0f,"
    "\"process_cpu_s\":%.3f}\n",
    node_count, edges, components, largest, joined - start, end - joined, edges / (end - start),
    seconds(CLOCK_PROCESS_CPUTIME_ID));
  return 0;
}
