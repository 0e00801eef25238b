"""What people, brokers and the clock do with needs and offers."""
