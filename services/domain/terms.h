// The terms of the ontology's taxonomies, to check the words that a request gives.
//
// Thread-safety: thread-safe. Complexity: one graph call for each new revision; then a look-up.
//
// Example:
//   ATTLAS_RETURN_IF_ERROR(terms_.Check(context, revision, {"agency_kind"}, "agency_kind", kind));
#ifndef ATTLAS_SERVICES_DOMAIN_TERMS_H_
#define ATTLAS_SERVICES_DOMAIN_TERMS_H_

#include <initializer_list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/graph_api.h"

namespace attlas::domain {

class TermsCache {
 public:
  // `graph` outlives this.
  explicit TermsCache(services::GraphApi* graph) : graph_(graph) {}

  // INVALID_ARGUMENT, naming `field` and the nearest terms, where `term` is none of the taxonomies
  // as of the revision. Errors: those of GetOntology.
  absl::Status Check(const services::CallContext& context, std::string_view revision,
                     std::initializer_list<std::string_view> taxonomies, std::string_view field,
                     std::string_view term);

 private:
  // The ids of the terms, by taxonomy.
  using Terms = std::map<std::string, std::vector<std::string>, std::less<>>;
  absl::StatusOr<std::shared_ptr<const Terms>> At(const services::CallContext& context,
                                                  std::string_view revision);

  services::GraphApi* const graph_;
  std::mutex mutex_;
  std::string revision_;                // Guarded by mutex_.
  std::shared_ptr<const Terms> terms_;  // Guarded by mutex_.
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_TERMS_H_
