// Cuts answers to the bytes that their reader takes.
//
// What: keeps the longest beginning of an answer whose nodes, with the edges among them, fit; what
// refers to something that was cut goes too. The rest stays whole: both ends of every edge are
// there, every path is complete, and positions are those of the cut answer. A cut answer is
// `truncated` by BOUND_BYTES. The first node is always kept, however large.
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_GRAPH_ANSWER_BYTES_H_
#define ATTLAS_SERVICES_GRAPH_ANSWER_BYTES_H_

#include <cstddef>

#include "attlas/graph/v1/graph_service.pb.h"

namespace attlas::services {

// Linear in the answer; an answer that fits is measured and left alone.
void CutToBytes(size_t max_bytes, graph::v1::BatchGetNodesResponse* response);
void CutToBytes(size_t max_bytes, graph::v1::MatchPathsResponse* response);
void CutToBytes(size_t max_bytes, graph::v1::FindPathsResponse* response);
void CutToBytes(size_t max_bytes, graph::v1::GetNeighborhoodResponse* response);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_GRAPH_ANSWER_BYTES_H_
