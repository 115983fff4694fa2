#include "graph/snapshot/view.h"

#include <utility>

namespace attlas::graph {

View::View(SnapshotPtr snapshot, ReadFilter filter)
    : snapshot_(std::move(snapshot)), filter_(std::move(filter)) {}

}  // namespace attlas::graph
