// What an answer depends on, as one string: two calls of the same key have the same answer.
//
// What: the method, the whole request (page token and `read` included), the revision that it reads,
// today's date where it names none, and what the caller may see. Every part is preceded by its
// length, so that no two lists of parts make the same key.
// Threads: functions only.
#ifndef ATTLAS_SERVICES_COMMON_ANSWER_KEY_H_
#define ATTLAS_SERVICES_COMMON_ANSWER_KEY_H_

#include <string>
#include <string_view>

#include "google/protobuf/message.h"
#include "graph/model/date.h"
#include "graph/model/marking.h"

namespace attlas::services {

// The parts of a key. Views what it was made from.
struct AnswerKeyParts {
  std::string_view method;    // `attlas.synergy.v1.SynergyService/FindSynergies`.
  std::string_view revision;  // The token of the revision that is read, never `latest`.
  graph::Date today;          // The server's date: what a request without `as_of` is asked for.
  const graph::Clearance& clearance;
  const google::protobuf::Message& request;
};

// O(request). The order and the repetition of spaces make no difference.
std::string AnswerKey(const AnswerKeyParts& parts);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_ANSWER_KEY_H_
