output "file_system" {
  description = "File system and access point, to mount the folder."
  value       = { id = aws_efs_file_system.this.id, access_point_id = aws_efs_access_point.this.id }

  depends_on = [aws_efs_mount_target.this] # tasks cannot start without
}

output "security_group_id" {
  description = "Security group of the folder, to be let out to."
  value       = aws_security_group.this.id
}
