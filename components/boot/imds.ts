/** Where the metadata service answers (AWS, "Instance metadata service"). */
export const V4 = "169.254.169.254";
export const V6 = "fd00:ec2::254";
