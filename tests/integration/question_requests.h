// What to ask of every RPC that answers a question: requests that the curated dataset answers and
// that together fill every field that takes a name, and one that it has nothing for.
//
// An RPC that reads and has no entry fails question_contract_test, as does a field with a name that
// no request fills.
#ifndef ATTLAS_TESTS_INTEGRATION_QUESTION_REQUESTS_H_
#define ATTLAS_TESTS_INTEGRATION_QUESTION_REQUESTS_H_

#include <map>
#include <string>
#include <vector>

namespace attlas::testing {

// Requests in text format.
struct QuestionRequests {
  std::vector<std::string> answered;
  // What is asked in `nothing` is well put and has nothing for an answer: the lists named in
  // `empty` are empty, and the sentence of the answer, where it has one, says what `says` says. No
  // request where there is always something; then `always` says why.
  std::string nothing;
  std::vector<std::string> empty;
  std::string says;
  std::string always;
};

// By the RPC, written `TransferService/GetRanking`.
const std::map<std::string, QuestionRequests>& QuestionsToAsk();

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_INTEGRATION_QUESTION_REQUESTS_H_
