// A commit beside the request that it was made of, so that its errors blame what the caller wrote.
//
// Threads: plain values.
#ifndef ATTLAS_SERVICES_ENGAGEMENT_WRITTEN_H_
#define ATTLAS_SERVICES_ENGAGEMENT_WRITTEN_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "attlas/graph/v1/graph_service.pb.h"

namespace attlas::engagement {

struct Written {
  graph::v1::CommitRequest commit;
  // The field of the request that each mutation comes from; empty for the node itself.
  std::vector<std::string> fields;
  // The field that the properties of the node come from.
  std::string property_field;

  void Add(graph::v1::Node node, std::string field) {
    *commit.add_mutations()->mutable_create_node() = std::move(node);
    fields.push_back(std::move(field));
  }
  void Add(graph::v1::Edge edge, std::string field) {
    *commit.add_mutations()->mutable_create_edge() = std::move(edge);
    fields.push_back(std::move(field));
  }
};

// The error of the commit in the terms of the request: `mutations[3].create_edge.from` is
// `participants[1]`.
absl::Status InTermsOf(const Written& written, const absl::Status& status);

}  // namespace attlas::engagement

#endif  // ATTLAS_SERVICES_ENGAGEMENT_WRITTEN_H_
