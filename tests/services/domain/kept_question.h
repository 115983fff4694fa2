// A question that is answered from what is kept, asked of one who keeps and of one who has kept
// nothing: both must give the same bytes.
//
// Threads: as the queries that are asked.
//
// Example:
//   constexpr KeptQuestion kBridges{&SynergyQueries::FindBridges,
//                                   &SynergyQueries::kept_bridge_tables, kBridgesAskedBefore};
//   kBridges.Warm(keeping, OperatorCall(), request);
//   kBridges.ExpectAsAnew(keeping, graph, OperatorCall(), request);
#ifndef ATTLAS_TESTS_SERVICES_DOMAIN_KEPT_QUESTION_H_
#define ATTLAS_TESTS_SERVICES_DOMAIN_KEPT_QUESTION_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "services/common/encoded_response.h"
#include "services/common/graph_api.h"

namespace attlas::testing {

template <typename Queries, typename Request, typename Response>
struct KeptQuestion {
  absl::StatusOr<services::EncodedResponse<Response>> (Queries::*question)(
      const services::CallContext&, const Request&) const;
  size_t (Queries::*kept)() const;  // How much is kept for it now.
  int asked_before;                 // It is kept from the question after so many others.

  // The answer as bytes, or the error. Tokens of pages differ with who sealed them.
  std::string Ask(const Queries& queries, const services::CallContext& call,
                  const Request& request) const {
    const auto found = (queries.*question)(call, request);
    if (!found.ok()) return found.status().ToString();
    // The bytes are put together by hand, so protobuf is asked whether it would write the same.
    Response response = found->Parse();
    EXPECT_TRUE(found->bytes() == response.SerializeAsString()) << request.ShortDebugString();
    EXPECT_EQ(found->head().revision(), response.revision());
    if (!response.next_page_token().empty()) response.set_next_page_token("more");
    return response.SerializeAsString();
  }

  // Of one who has kept nothing.
  std::string AskAnew(services::GraphApi& graph, const services::CallContext& call,
                      const Request& request) const {
    const Queries queries(&graph);
    std::string answer = Ask(queries, call, request);
    EXPECT_EQ((queries.*kept)(), 0u);
    return answer;
  }

  void ExpectAsAnew(const Queries& queries, services::GraphApi& graph,
                    const services::CallContext& call, const Request& request) const {
    EXPECT_TRUE(Ask(queries, call, request) == AskAnew(graph, call, request))
        << request.ShortDebugString();
  }

  // Asks often enough that what is read for all such questions is kept.
  void Warm(const Queries& queries, const services::CallContext& call,
            const Request& request) const {
    for (int i = 0; i <= asked_before; ++i) Ask(queries, call, request);
    EXPECT_GT((queries.*kept)(), 0u);
  }
};

template <typename Queries, typename Request, typename Response>
KeptQuestion(absl::StatusOr<services::EncodedResponse<Response>> (Queries::*)(
                 const services::CallContext&, const Request&) const,
             size_t (Queries::*)() const, int) -> KeptQuestion<Queries, Request, Response>;

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_SERVICES_DOMAIN_KEPT_QUESTION_H_
