const { env } = process;

exports.disabled = env.AWS_EC2_METADATA_DISABLED;
exports.mark = env.MARK;
exports.leaked = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE"].filter((name) => name in env);
