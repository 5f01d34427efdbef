#include <stdint.h>
#include <sys/time.h>
#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_tcp_socket.h>

// What Swift cannot call: functions with any number of arguments, and constants that are casts.

static inline amqp_rpc_reply_t siskin_amqp_login(
    amqp_connection_state_t connection, const char *virtual_host, int frame_size, int heartbeat, const char *user,
    const char *password) {
  return amqp_login(
      connection, virtual_host, 0, frame_size, heartbeat, AMQP_SASL_METHOD_PLAIN, user, password);
}

enum siskin_amqp_method {
  siskin_amqp_other,
  siskin_amqp_ack,
  siskin_amqp_nack,
  siskin_amqp_return,
  siskin_amqp_closed
};

// What a frame is about.
static inline enum siskin_amqp_method siskin_amqp_method(const amqp_frame_t *frame) {
  if (frame->frame_type != AMQP_FRAME_METHOD) return siskin_amqp_other;
  switch (frame->payload.method.id) {
    case AMQP_BASIC_ACK_METHOD: return siskin_amqp_ack;
    case AMQP_BASIC_NACK_METHOD: return siskin_amqp_nack;
    case AMQP_BASIC_RETURN_METHOD: return siskin_amqp_return;
    case AMQP_CHANNEL_CLOSE_METHOD:
    case AMQP_CONNECTION_CLOSE_METHOD: return siskin_amqp_closed;
    default: return siskin_amqp_other;
  }
}

// The delivery tag of an acknowledgement, positive or negative, and whether it covers all before it.
static inline uint64_t siskin_amqp_tag(const amqp_frame_t *frame, int *covers_all_before) {
  if (frame->payload.method.id == AMQP_BASIC_ACK_METHOD) {
    const amqp_basic_ack_t *ack = (const amqp_basic_ack_t *)frame->payload.method.decoded;
    *covers_all_before = ack->multiple;
    return ack->delivery_tag;
  }
  const amqp_basic_nack_t *nack = (const amqp_basic_nack_t *)frame->payload.method.decoded;
  *covers_all_before = nack->multiple;
  return nack->delivery_tag;
}

// The message id in the header of a message that came back; no bytes where the frame is another.
static inline amqp_bytes_t siskin_amqp_message_id(const amqp_frame_t *frame) {
  amqp_bytes_t none = {0, 0};
  if (frame->frame_type != AMQP_FRAME_HEADER) return none;
  const amqp_basic_properties_t *properties = (const amqp_basic_properties_t *)frame->payload.properties.decoded;
  if (!properties || !(properties->_flags & AMQP_BASIC_MESSAGE_ID_FLAG)) return none;
  return properties->message_id;
}

enum {
  siskin_amqp_content_type = AMQP_BASIC_CONTENT_TYPE_FLAG,
  siskin_amqp_delivery_mode = AMQP_BASIC_DELIVERY_MODE_FLAG,
  siskin_amqp_has_message_id = AMQP_BASIC_MESSAGE_ID_FLAG,
  siskin_amqp_has_headers = AMQP_BASIC_HEADERS_FLAG
};

// A queue had no message to give.
static inline int siskin_amqp_got_nothing(amqp_rpc_reply_t reply) {
  return reply.reply_type == AMQP_RESPONSE_NORMAL && reply.reply.id == AMQP_BASIC_GET_EMPTY_METHOD;
}
