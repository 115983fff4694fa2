// What can be wrong with a request, made from a right one and the descriptor of its message.
//
// What: each name that the request gives, misspelt, endless or there countless times; each date,
// number, value of an enumeration, token and revision that its message can hold, made one that
// cannot be. A field that is added to a request is spoilt without anybody thinking of it. Threads:
// functions and plain values.
#ifndef ATTLAS_TESTS_INTEGRATION_REQUEST_SPOILER_H_
#define ATTLAS_TESTS_INTEGRATION_REQUEST_SPOILER_H_

#include <memory>
#include <string>
#include <vector>

#include "google/protobuf/message.h"

namespace attlas::testing {

struct Spoilt {
  std::unique_ptr<google::protobuf::Message> request;
  std::string field;  // What is wrong, as an error names it: `themes[0]`, `read.as_of`.
  std::string right;  // Of a name: what stood there.
};

// The request once for each name that it gives, with that one misspelt.
std::vector<Spoilt> WithMisspeltNames(const google::protobuf::Message& request);

// The same with a name of 100,000 letters in its place.
std::vector<Spoilt> WithEndlessNames(const google::protobuf::Message& request);
// The request once for each list of names that it fills, with 20,000 names in it.
std::vector<Spoilt> WithCountlessNames(const google::protobuf::Message& request);

// The request once for each other field that can hold what cannot be.
std::vector<Spoilt> WithImpossibleValues(const google::protobuf::Message& request);

// The fields of a request that take names, such as `themes`; of messages in it,
// `changes.instrument`.
std::vector<std::string> NameFields(const google::protobuf::Descriptor& type);

// The place of an error without its indexes: `themes` for `themes[0]`.
std::string WithoutIndexes(const std::string& field);

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_INTEGRATION_REQUEST_SPOILER_H_
