// google.rpc.ErrorInfo, which Debian 12's copy of error_details.proto (of 2019) does not have yet.
//
// The bytes are those of the message as google.rpc defines it, so that every client with a newer
// copy reads it. An upgrade of the package deletes this file.
// Threads: plain values.
#ifndef ATTLAS_SERVICES_COMMON_ERROR_INFO_H_
#define ATTLAS_SERVICES_COMMON_ERROR_INFO_H_

#include <map>
#include <optional>
#include <string>

#include "google/protobuf/any.pb.h"

namespace attlas::services {

struct ErrorInfo {
  std::string reason;
  std::string domain;
  std::map<std::string, std::string> metadata;

  // As an Any of type google.rpc.ErrorInfo.
  google::protobuf::Any Pack() const;
  // The inverse; nothing for an Any of another type or with damaged bytes.
  static std::optional<ErrorInfo> Unpack(const google::protobuf::Any& any);
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_ERROR_INFO_H_
